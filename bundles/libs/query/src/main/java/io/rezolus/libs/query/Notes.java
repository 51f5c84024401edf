package io.rezolus.libs.query;

/** Texts of annotations. */
final class Notes {
  private Notes() {}

  static String forMetric(String text, Labels labels) {
    String name = labels.get(Labels.NAME);
    return name.isEmpty() ? text : text + " for metric name " + Quoting.quote(name);
  }

  static String mixedTypes(Labels l) {
    return forMetric("encountered a mix of histograms and floats", l);
  }

  static String mixedSchemas(Labels l) {
    return forMetric(
        "vector contains a mix of histograms with exponential and custom buckets schemas", l);
  }

  static String notCounter(Labels l) {
    return "this native histogram metric is not a counter: " + Quoting.quote(l.get(Labels.NAME));
  }

  static String notGauge(Labels l) {
    return "this native histogram metric is not a gauge: " + Quoting.quote(l.get(Labels.NAME));
  }

  static String overlap(Labels l) {
    return "sample has start time that overlaps with previous sample timestamp for metric "
        + Quoting.quote(l.get(Labels.NAME));
  }

  static String reconciled(String operation) {
    return "mismatched custom buckets were reconciled during " + operation;
  }

  static String collision(String operation) {
    return "conflicting counter resets during histogram " + operation;
  }

  static String quantile(double q) {
    return "quantile value should be between 0 and 1, got " + Numbers.general(q);
  }

  static String ignoredHistograms(Labels l) {
    return forMetric("ignored histograms in a range containing both floats and histograms", l);
  }
}

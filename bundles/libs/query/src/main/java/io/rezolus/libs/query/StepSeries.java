package io.rezolus.libs.query;

/** One element of a vector over all steps: a float or a histogram, or nothing, at each. */
final class StepSeries {
  final Labels labels;

  /** Whether the metric name goes at the end of the query. */
  final boolean dropName;

  final double[] values;
  final boolean[] present;
  NativeHistogram[] histograms;

  StepSeries(Labels labels, boolean dropName, int steps) {
    this(labels, dropName, new double[steps], new boolean[steps], null);
  }

  StepSeries(
      Labels labels,
      boolean dropName,
      double[] values,
      boolean[] present,
      NativeHistogram[] histograms) {
    this.labels = labels;
    this.dropName = dropName;
    this.values = values;
    this.present = present;
    this.histograms = histograms;
  }

  /** The same samples under other labels. */
  StepSeries as(Labels other, boolean drop) {
    return new StepSeries(other, drop, values, present, histograms);
  }

  void set(int step, double value) {
    values[step] = value;
    present[step] = true;
  }

  void set(int step, NativeHistogram h) {
    if (histograms == null) {
      histograms = new NativeHistogram[values.length];
    }
    histograms[step] = h;
    present[step] = true;
  }

  NativeHistogram histogram(int step) {
    return histograms == null ? null : histograms[step];
  }

  boolean isFloat(int step) {
    return present[step] && (histograms == null || histograms[step] == null);
  }

  void copy(int step, StepSeries from) {
    NativeHistogram h = from.histogram(step);
    if (h != null) {
      set(step, h);
    } else {
      set(step, from.values[step]);
    }
  }

  boolean isEmpty() {
    for (boolean p : present) {
      if (p) {
        return false;
      }
    }
    return true;
  }
}

package io.rezolus.libs.query;

/**
 * One element of a vector over all steps: a float or a histogram of either kind, or nothing, at
 * each.
 */
final class StepSeries {
  final Labels labels;

  /** Whether the metric name goes at the end of the query. */
  final boolean dropName;

  final double[] values;
  final boolean[] present;
  NativeHistogram[] histograms;

  /** H2 histograms, or null when there are none. */
  H2Steps h2;

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
    StepSeries out = new StepSeries(other, drop, values, present, histograms);
    out.h2 = h2;
    return out;
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
    return present[step] && (histograms == null || histograms[step] == null) && !isH2(step);
  }

  boolean isH2(int step) {
    return h2 != null && present[step] && h2.present[step];
  }

  /** The histogram of either kind at a step, or null; H2 with its buckets as explicit bounds. */
  NativeHistogram anyHistogram(int step) {
    return isH2(step) ? h2.explicit(step) : histogram(step);
  }

  void copy(int step, StepSeries from) {
    if (from.isH2(step)) {
      copyH2(step, from.h2);
      return;
    }
    NativeHistogram h = from.histogram(step);
    if (h != null) {
      set(step, h);
    } else {
      set(step, from.values[step]);
    }
  }

  private void copyH2(int step, H2Steps from) {
    if (h2 == null) {
      h2 = new H2Steps(from.config, from.buckets, values.length);
    }
    present[step] = true;
    if (h2.buckets == from.buckets) {
      h2.copy(step, from);
      return;
    }
    H2Steps one = new H2Steps(from.config, from.buckets, values.length);
    one.copy(step, from);
    H2Sum sum = new H2Sum(values.length);
    sum.add(h2, 1);
    sum.add(one, 1);
    h2 = sum.sum();
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

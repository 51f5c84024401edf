package io.rezolus.libs.query;

/** The rates of a whole series of numbers in one loop. Results are those of {@link Rate}. */
final class RateColumn {
  /** Rounding between a quotient and the products that are compared in its place. */
  private static final double SURE = 1 + 1e-9;

  private RateColumn() {}

  /** Whether a window function is a rate, and the series has nothing but numbers. */
  static boolean handles(RangeFunction f, Window w) {
    Samples s = w.samples;
    return f instanceof Rate
        && !w.extended()
        && s.histograms == null
        && s.starts == null
        && s.h2 == null;
  }

  static void apply(Rate rate, Window w, WindowIndex index, ResetIndex resets, StepSeries out) {
    Samples s = w.samples;
    double seconds = rate.perSecond() ? w.range / 1e9 : 1;
    boolean counter = rate.isCounter();
    long[] counts = s.counters;
    double[] floats = s.floats;
    double[] values = out.values;
    boolean[] present = out.present;
    for (int t = 0; t < values.length; t++) {
      int a = index.first[t];
      int b = index.last[t];
      if (a >= b) {
        continue;
      }
      double change;
      double first;
      if (counts == null) {
        first = floats[a];
        change = floats[b] - first;
      } else {
        long from = counts[a];
        long d = counts[b] - from;
        // small counters, which nearly all are, take the short way
        boolean small = (from | counts[b]) >= 0;
        first = small ? from : H2Rows.unsigned(from);
        change = small ? d : s.difference(a, b);
      }
      if (resets != null) {
        change += resets.lost(s, a, b + 1);
      }
      present[t] = true;
      if (!counter
          || !(change > 0 && first >= 0)
          || first * index.sampled[t] > index.before[t] * change * SURE) {
        values[t] = change * index.factor[t];
      } else {
        double sampled = index.sampled[t];
        double before = Math.min(index.before[t], sampled * (first / change));
        values[t] = change * ((sampled + before + index.after[t]) / sampled / seconds);
      }
    }
  }
}

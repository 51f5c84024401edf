package io.rezolus.libs.query;

/**
 * First and last row of the windows of all steps, and how far they are extrapolated. Series whose
 * rows have the same times share one.
 */
final class WindowIndex {
  final long[] times;

  /** First row inside; at or after {@code last} where there are no two rows. */
  final int[] first;

  final int[] last;

  /** Distance of the first and last row, ns. */
  final double[] sampled;

  /** How far before the first row a window counts as covered unless its counter began there. */
  final double[] before;

  final double[] after;

  /** Factor from the change between the rows to the result, unless the counter began there. */
  final double[] factor;

  WindowIndex(Window w, int steps, boolean perSecond) {
    times = w.samples.times;
    first = new int[steps];
    last = new int[steps];
    sampled = new double[steps];
    before = new double[steps];
    after = new double[steps];
    factor = new double[steps];
    double seconds = perSecond ? w.range / 1e9 : 1;
    for (int t = 0; t < steps; t++) {
      w.move(t);
      first[t] = w.from;
      last[t] = w.to - 1;
      if (w.size() >= 2) {
        sampled[t] = times[w.to - 1] - times[w.from];
        before[t] = Extrapolation.before(w);
        after[t] = Extrapolation.after(w);
        factor[t] = (sampled[t] + before[t] + after[t]) / sampled[t] / seconds;
      }
    }
  }
}

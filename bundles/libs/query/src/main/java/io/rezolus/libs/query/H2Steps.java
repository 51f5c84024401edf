package io.rezolus.libs.query;

import io.rezolus.libs.histogram.HistogramConfig;
import java.util.Arrays;

/**
 * H2 histograms of an element over all steps, step after step in one array. Only buckets that some
 * step may use are held.
 */
final class H2Steps {
  final HistogramConfig config;

  /** Buckets that are held, ascending. */
  final int[] buckets;

  /** {@code buckets.length} counts a step. */
  final double[] counts;

  /** Steps that have a histogram. */
  final boolean[] present;

  H2Steps(HistogramConfig config, int[] buckets, int steps) {
    this.config = config;
    this.buckets = buckets;
    this.counts = new double[Math.multiplyExact(buckets.length, steps)];
    this.present = new boolean[steps];
  }

  int width() {
    return buckets.length;
  }

  /** Number of values counted at a step. */
  double total(int step) {
    double sum = 0;
    int end = (step + 1) * buckets.length;
    for (int i = step * buckets.length; i < end; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** Smallest value of each bucket held. */
  double[] lowers() {
    return Arrays.stream(buckets).mapToDouble(b -> H2Rows.unsigned(config.lower(b))).toArray();
  }

  /** Largest value of each bucket held. */
  double[] uppers() {
    return Arrays.stream(buckets).mapToDouble(b -> H2Rows.unsigned(config.upper(b))).toArray();
  }

  /** Middle of each bucket held, exact where a bucket holds one value. */
  double[] middles() {
    double[] low = lowers();
    double[] high = uppers();
    double[] out = new double[low.length];
    Arrays.setAll(out, i -> low[i] + (high[i] - low[i]) / 2);
    return out;
  }

  /** The same with fewer, wider buckets, or the same when they are as wide already. */
  H2Steps coarsen(int groupingPower) {
    if (groupingPower >= config.groupingPower()) {
      return this;
    }
    HistogramConfig coarse = new HistogramConfig(groupingPower, config.maxValuePower());
    int[] to = Arrays.stream(buckets).map(b -> coarse.index(config.lower(b))).toArray();
    return spread(coarse, Arrays.stream(to).distinct().toArray(), to);
  }

  /** The same with room for more buckets. */
  H2Steps widen(HistogramConfig wider, int[] more) {
    return spread(wider, more, buckets);
  }

  private H2Steps spread(HistogramConfig c, int[] wanted, int[] to) {
    H2Steps out = new H2Steps(c, wanted, present.length);
    System.arraycopy(present, 0, out.present, 0, present.length);
    int[] places = H2Rows.places(to, wanted);
    for (int t = 0; t < present.length; t++) {
      for (int k = 0; present[t] && k < places.length; k++) {
        out.counts[t * wanted.length + places[k]] += counts[t * buckets.length + k];
      }
    }
    return out;
  }

  /** Buckets of both, ascending. */
  static int[] union(int[] a, int[] b) {
    if (Arrays.equals(a, b)) {
      return a;
    }
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  /** A configuration whose buckets hold those of both once they are as coarse as it says. */
  static HistogramConfig common(HistogramConfig a, HistogramConfig b) {
    return a.equals(b)
        ? a
        : new HistogramConfig(
            Math.min(a.groupingPower(), b.groupingPower()),
            Math.max(a.maxValuePower(), b.maxValuePower()));
  }

  /** A copy with all counts multiplied by a number of the step. */
  H2Steps scale(double[] factor) {
    H2Steps out = new H2Steps(config, buckets, present.length);
    for (int t = 0; t < present.length; t++) {
      out.present[t] = present[t];
      for (int i = t * width(); present[t] && i < (t + 1) * width(); i++) {
        out.counts[i] = counts[i] * factor[t];
      }
    }
    return out;
  }

  void copy(int step, H2Steps from) {
    System.arraycopy(from.counts, step * width(), counts, step * width(), width());
    present[step] = true;
  }

  boolean sameAt(int step, H2Steps o) {
    int i = 0;
    int k = 0;
    while (i < width() || k < o.width()) {
      int a = i < width() ? buckets[i] : Integer.MAX_VALUE;
      int b = k < o.width() ? o.buckets[k] : Integer.MAX_VALUE;
      double x = a <= b ? counts[step * width() + i] : 0;
      double y = b <= a ? o.counts[step * o.width() + k] : 0;
      if (x != y) {
        return false;
      }
      i += a <= b ? 1 : 0;
      k += b <= a ? 1 : 0;
    }
    return config.groupingPower() == o.config.groupingPower();
  }

  /** The histogram of a step with explicit bounds, its sum taken from the middles of buckets. */
  NativeHistogram explicit(int step) {
    double[] bounds = new double[2 * width()];
    int[] at = new int[width()];
    double[] count = new double[width()];
    int n = 0;
    int m = 0;
    double total = 0;
    double sum = 0;
    for (int k = 0; k < width(); k++) {
      double c = counts[step * width() + k];
      if (c == 0) {
        continue;
      }
      double low = H2Rows.unsigned(config.lower(buckets[k]));
      double high = H2Rows.unsigned(config.upper(buckets[k]));
      if (low > 0 && (n == 0 || bounds[n - 1] < low - 1)) {
        bounds[n++] = low - 1;
      }
      if (n == 0 || bounds[n - 1] < high) {
        bounds[n++] = high;
      }
      at[m] = n - 1;
      count[m++] = c;
      total += c;
      sum += c * (low + (high - low) / 2);
    }
    return new NativeHistogram(
        NativeHistogram.CUSTOM,
        0,
        0,
        total,
        sum,
        new NativeHistogram.Side(Arrays.copyOf(at, m), Arrays.copyOf(count, m)),
        NativeHistogram.Side.EMPTY,
        Arrays.copyOf(bounds, n),
        NativeHistogram.Hint.GAUGE);
  }
}

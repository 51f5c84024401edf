package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.TreeMap;

/** Brings histograms to a common layout; counts stay the same. */
final class HistogramLayout {
  private HistogramLayout() {}

  /** With a coarser exponential schema. */
  static NativeHistogram reduce(NativeHistogram h, int schema) {
    if (h.schema <= schema) {
      return h;
    }
    int shift = h.schema - schema;
    return new NativeHistogram(
        schema,
        h.zeroThreshold,
        h.zeroCount,
        h.count,
        h.sum,
        coarsen(h.positive, shift),
        coarsen(h.negative, shift),
        h.bounds,
        h.hint);
  }

  private static NativeHistogram.Side coarsen(NativeHistogram.Side s, int shift) {
    int[] indexes = new int[s.size()];
    double[] counts = new double[s.size()];
    int n = 0;
    for (int i = 0; i < s.size(); i++) {
      int to = (s.indexes()[i] - 1 >> shift) + 1;
      if (n == 0 || indexes[n - 1] != to) {
        indexes[n++] = to;
      }
      counts[n - 1] += s.counts()[i];
    }
    return new NativeHistogram.Side(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  /** The bounds both have; always a possible layout because the last bucket is open. */
  static double[] common(double[] a, double[] b) {
    return Arrays.stream(a).filter(x -> Arrays.binarySearch(b, x) >= 0).toArray();
  }

  /** With a subset of the explicit bounds. */
  static NativeHistogram rebound(NativeHistogram h, double[] bounds) {
    if (Arrays.equals(h.bounds, bounds)) {
      return h;
    }
    TreeMap<Integer, Double> merged = new TreeMap<>();
    for (int i = 0; i < h.positive.size(); i++) {
      int index = h.positive.indexes()[i];
      double upper = index >= h.bounds.length ? Double.POSITIVE_INFINITY : h.bounds[index];
      int to = Arrays.binarySearch(bounds, upper);
      merged.merge(to < 0 ? -to - 1 : to, h.positive.counts()[i], Double::sum);
    }
    return new NativeHistogram(
        h.schema,
        h.zeroThreshold,
        h.zeroCount,
        h.count,
        h.sum,
        side(merged),
        NativeHistogram.Side.EMPTY,
        bounds,
        h.hint);
  }

  static NativeHistogram.Side side(TreeMap<Integer, Double> m) {
    return new NativeHistogram.Side(
        m.keySet().stream().mapToInt(i -> i).toArray(),
        m.values().stream().mapToDouble(d -> d).toArray());
  }

  /** Smallest threshold of at least {@code threshold} that cuts no populated bucket. */
  static double widerThreshold(NativeHistogram h, double threshold) {
    double t = threshold;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (NativeHistogram.Side s : new NativeHistogram.Side[] {h.positive, h.negative}) {
        for (int i = 0; i < s.size(); i++) {
          double lower = HistogramBucket.bound(h.schema, s.indexes()[i] - 1);
          double upper = HistogramBucket.bound(h.schema, s.indexes()[i]);
          if (s.counts()[i] != 0 && lower < t && upper > t) {
            t = upper;
            changed = true;
          }
        }
      }
    }
    return t;
  }

  /** With a zero bucket up to {@code threshold}, which has to cut no populated bucket. */
  static NativeHistogram widen(NativeHistogram h, double threshold) {
    if (threshold <= h.zeroThreshold) {
      return h;
    }
    double zero = h.zeroCount + inside(h, h.positive, threshold) + inside(h, h.negative, threshold);
    return new NativeHistogram(
        h.schema,
        threshold,
        zero,
        h.count,
        h.sum,
        outside(h, h.positive, threshold),
        outside(h, h.negative, threshold),
        h.bounds,
        h.hint);
  }

  private static double inside(NativeHistogram h, NativeHistogram.Side s, double threshold) {
    double sum = 0;
    for (int i = 0; i < s.size(); i++) {
      sum += HistogramBucket.bound(h.schema, s.indexes()[i] - 1) < threshold ? s.counts()[i] : 0;
    }
    return sum;
  }

  private static NativeHistogram.Side outside(
      NativeHistogram h, NativeHistogram.Side s, double threshold) {
    int skip = 0;
    while (skip < s.size() && HistogramBucket.bound(h.schema, s.indexes()[skip] - 1) < threshold) {
      skip++;
    }
    return new NativeHistogram.Side(
        Arrays.copyOfRange(s.indexes(), skip, s.size()),
        Arrays.copyOfRange(s.counts(), skip, s.size()));
  }
}

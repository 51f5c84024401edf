package io.rezolus.libs.query;

import java.util.Arrays;

/** Sums and differences of histograms of different layouts. */
final class HistogramArithmetic {
  /**
   * A sum or difference.
   *
   * @param value null when exponential and explicit buckets met
   * @param collision whether a reset hint met a hint against one
   * @param reconciled whether different explicit bounds were brought together
   */
  record Result(NativeHistogram value, boolean collision, boolean reconciled) {}

  private HistogramArithmetic() {}

  static Result add(NativeHistogram a, NativeHistogram b) {
    return combine(a, b, 1);
  }

  static Result subtract(NativeHistogram a, NativeHistogram b) {
    return combine(a, b, -1);
  }

  private static Result combine(NativeHistogram left, NativeHistogram right, int sign) {
    if (left.isCustom() != right.isCustom()) {
      return new Result(null, false, false);
    }
    NativeHistogram a = left;
    NativeHistogram b = right;
    boolean reconciled = false;
    if (a.isCustom()) {
      if (!Arrays.equals(a.bounds, b.bounds)) {
        double[] common = HistogramLayout.common(a.bounds, b.bounds);
        a = HistogramLayout.rebound(a, common);
        b = HistogramLayout.rebound(b, common);
        reconciled = true;
      }
    } else {
      double t = Math.max(a.zeroThreshold, b.zeroThreshold);
      while (a.zeroThreshold != t || b.zeroThreshold != t) {
        t = Math.max(threshold(a, t), threshold(b, t));
        a = HistogramLayout.widen(a, t);
        b = HistogramLayout.widen(b, t);
      }
      int schema = Math.min(a.schema, b.schema);
      a = HistogramLayout.reduce(a, schema);
      b = HistogramLayout.reduce(b, schema);
    }
    NativeHistogram.Hint hint = hint(a.hint, b.hint);
    boolean collision = a.hint != b.hint && decided(a.hint) && decided(b.hint);
    NativeHistogram sum =
        new NativeHistogram(
            a.schema,
            a.zeroThreshold,
            a.zeroCount + sign * b.zeroCount,
            a.count + sign * b.count,
            a.sum + sign * b.sum,
            merge(a.positive, b.positive, sign),
            merge(a.negative, b.negative, sign),
            a.bounds,
            hint);
    return new Result(sum, collision, reconciled);
  }

  private static double threshold(NativeHistogram h, double t) {
    return h.zeroThreshold >= t ? h.zeroThreshold : HistogramLayout.widerThreshold(h, t);
  }

  private static boolean decided(NativeHistogram.Hint h) {
    return h == NativeHistogram.Hint.RESET || h == NativeHistogram.Hint.NOT_RESET;
  }

  private static NativeHistogram.Hint hint(NativeHistogram.Hint a, NativeHistogram.Hint b) {
    if (a == b) {
      return a;
    }
    return a == NativeHistogram.Hint.GAUGE || b == NativeHistogram.Hint.GAUGE
        ? NativeHistogram.Hint.GAUGE
        : NativeHistogram.Hint.UNKNOWN;
  }

  private static NativeHistogram.Side merge(
      NativeHistogram.Side a, NativeHistogram.Side b, int sign) {
    int[] indexes = new int[a.size() + b.size()];
    double[] counts = new double[indexes.length];
    int i = 0;
    int j = 0;
    int n = 0;
    while (i < a.size() || j < b.size()) {
      int x = i < a.size() ? a.indexes()[i] : Integer.MAX_VALUE;
      int y = j < b.size() ? b.indexes()[j] : Integer.MAX_VALUE;
      indexes[n] = Math.min(x, y);
      counts[n] = (x <= y ? a.counts()[i] : 0) + (y <= x ? sign * b.counts()[j] : 0);
      i += x <= y ? 1 : 0;
      j += y <= x ? 1 : 0;
      n++;
    }
    return new NativeHistogram.Side(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }
}

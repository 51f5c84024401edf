package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** One bucket with its bounds. */
record HistogramBucket(
    double lower,
    double upper,
    boolean lowerInclusive,
    boolean upperInclusive,
    double count,
    boolean zero) {

  /** Upper bound of the bucket with an index, of an exponential schema. */
  static double bound(int schema, int index) {
    if (schema < 0) {
      long exponent = (long) index << -schema;
      return exponent > 1024
          ? Double.POSITIVE_INFINITY
          : exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, (int) Math.max(exponent, -2000));
    }
    int fraction = index & (1 << schema) - 1;
    int exponent = index >> schema;
    if (exponent == 1024 && fraction == 0) {
      return Double.MAX_VALUE;
    }
    double base = fraction == 0 ? 1 : Math.pow(2, (double) fraction / (1L << schema));
    return Math.scalb(base, exponent);
  }

  static HistogramBucket positive(NativeHistogram h, int i) {
    int index = h.positive.indexes()[i];
    double count = h.positive.counts()[i];
    if (h.isCustom()) {
      double lower =
          index == 0 ? Double.NEGATIVE_INFINITY : h.bounds[Math.min(index, h.bounds.length) - 1];
      double upper = index >= h.bounds.length ? Double.POSITIVE_INFINITY : h.bounds[index];
      return new HistogramBucket(lower, upper, index == 0, true, count, false);
    }
    return new HistogramBucket(
        bound(h.schema, index - 1), bound(h.schema, index), false, true, count, false);
  }

  static HistogramBucket negative(NativeHistogram h, int i) {
    int index = h.negative.indexes()[i];
    return new HistogramBucket(
        -bound(h.schema, index),
        -bound(h.schema, index - 1),
        true,
        false,
        h.negative.counts()[i],
        false);
  }

  /** All buckets from the lowest to the highest; the zero bucket only when populated. */
  static List<HistogramBucket> all(NativeHistogram h) {
    List<HistogramBucket> out = new ArrayList<>();
    for (int i = h.negative.size() - 1; i >= 0; i--) {
      HistogramBucket b = negative(h, i);
      if (b.upper > -h.zeroThreshold) {
        b = new HistogramBucket(b.lower, -h.zeroThreshold, true, false, b.count, false);
      }
      out.add(b);
    }
    if (h.zeroCount != 0) {
      out.add(
          new HistogramBucket(-h.zeroThreshold, h.zeroThreshold, true, true, h.zeroCount, true));
    }
    for (int i = 0; i < h.positive.size(); i++) {
      HistogramBucket b = positive(h, i);
      if (!h.isCustom() && b.lower < h.zeroThreshold) {
        b = new HistogramBucket(h.zeroThreshold, b.upper, false, true, b.count, false);
      }
      out.add(b);
    }
    return out;
  }
}

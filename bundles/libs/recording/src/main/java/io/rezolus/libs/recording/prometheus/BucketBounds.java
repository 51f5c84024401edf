package io.rezolus.libs.recording.prometheus;

import io.rezolus.libs.histogram.HistogramConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The cumulative buckets of one Prometheus histogram and the H2 histogram they become: each
 * bucket's observations are counted at its upper bound, those above the last finite bound nowhere.
 */
final class BucketBounds {
  private static final int GROUPING_POWER = 7;
  private static final double SECONDS_SCALE = 1e9;

  private final List<double[]> bounds = new ArrayList<>();

  /**
   * @param cumulative observations up to {@code upper}
   */
  void add(double upper, double cumulative) {
    if (Double.isFinite(upper) && Double.isFinite(cumulative)) {
      bounds.add(new double[] {upper, cumulative});
    }
  }

  boolean isEmpty() {
    return bounds.isEmpty();
  }

  /** What bounds are multiplied with before they become integers. */
  double scale(String name) {
    if (name.endsWith("_seconds")) {
      return SECONDS_SCALE;
    }
    double smallest = Double.POSITIVE_INFINITY;
    for (double[] bound : bounds) {
      if (bound[0] > 0) {
        smallest = Math.min(smallest, bound[0]);
      }
    }
    double scale = 1;
    while (Double.isFinite(smallest) && smallest * scale < 1 && scale < 1e18) {
      scale *= 10;
    }
    return scale;
  }

  /** The smallest range that has room for the largest bound. */
  HistogramConfig config(double scale) {
    long largest = 0;
    for (double[] bound : bounds) {
      largest = Math.max(largest, (long) (bound[0] * scale));
    }
    int bits = largest <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(largest - 1);
    return new HistogramConfig(GROUPING_POWER, Math.min(64, Math.max(8, bits + 1)));
  }

  /**
   * @param buckets as many as {@code config} has, all zero
   */
  void fill(double scale, HistogramConfig config, long[] buckets) {
    long before = 0;
    for (double[] bound : bounds) {
      long cumulative = Integers.unsigned(bound[1]);
      if (Long.compareUnsigned(cumulative, before) > 0) {
        long at = (long) Math.max(0, bound[0] * scale);
        buckets[config.index(at)] += cumulative - before;
      }
      before = cumulative;
    }
  }
}

package io.rezolus.libs.query;

import io.rezolus.libs.histogram.HistogramConfig;

/** Merges H2 elements of a group, in the coarsest layout among them. */
final class H2Sum {
  private H2Steps sum;
  private final int[] members;

  H2Sum(int steps) {
    members = new int[steps];
  }

  void add(H2Steps h, double sign) {
    if (sum == null) {
      sum = new H2Steps(h.config, h.buckets, members.length);
    }
    HistogramConfig common = H2Steps.common(sum.config, h.config);
    sum = sum.coarsen(common.groupingPower());
    H2Steps other = h.coarsen(common.groupingPower());
    int[] buckets = H2Steps.union(sum.buckets, other.buckets);
    if (buckets.length != sum.width() || !common.equals(sum.config)) {
      sum = sum.widen(common, buckets);
    }
    int[] places = H2Rows.places(other.buckets, sum.buckets);
    boolean same = places.length == sum.width();
    for (int t = 0; t < members.length; t++) {
      if (!other.present[t]) {
        continue;
      }
      sum.present[t] = true;
      members[t]++;
      int to = t * sum.width();
      int from = t * places.length;
      for (int k = 0; k < places.length; k++) {
        sum.counts[to + (same ? k : places[k])] += sign * other.counts[from + k];
      }
    }
  }

  H2Steps sum() {
    return sum;
  }

  H2Steps mean() {
    double[] factor = new double[members.length];
    for (int t = 0; t < factor.length; t++) {
      factor[t] = 1.0 / Math.max(1, members[t]);
    }
    return sum.scale(factor);
  }
}

package io.rezolus.libs.query;

import java.util.Arrays;

/** Drops the observations on one side of a number, cutting the bucket it falls into. */
final class HistogramTrim {
  private final NativeHistogram h;
  private final double cut;
  private final boolean below;
  private final Summation count = new Summation();
  private final Summation sum = new Summation();
  private boolean changed;

  private HistogramTrim(NativeHistogram h, double cut, boolean below) {
    this.h = h;
    this.cut = cut;
    this.below = below;
  }

  /**
   * Keeps what is below the cut, or above; the sum is estimated from the middles of the buckets.
   */
  static NativeHistogram keep(NativeHistogram h, double cut, boolean below) {
    return new HistogramTrim(h, cut, below).run();
  }

  private NativeHistogram run() {
    double[] positive = new double[h.positive.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = part(HistogramBucket.positive(h, i));
    }
    double[] negative = new double[h.negative.size()];
    for (int i = 0; i < negative.length; i++) {
      negative[i] = part(HistogramBucket.negative(h, i));
    }
    double zero =
        part(new HistogramBucket(-h.zeroThreshold, h.zeroThreshold, true, true, h.zeroCount, true));
    if (!changed) {
      return h;
    }
    return new NativeHistogram(
            h.schema,
            h.zeroThreshold,
            zero,
            count.value(),
            sum.value(),
            new NativeHistogram.Side(h.positive.indexes(), positive),
            new NativeHistogram.Side(h.negative.indexes(), negative),
            h.bounds,
            h.hint)
        .compact();
  }

  private double part(HistogramBucket raw) {
    if (raw.count() == 0) {
      return 0;
    }
    boolean openBelow = raw.lower() == Double.NEGATIVE_INFINITY;
    boolean openAbove = raw.upper() == Double.POSITIVE_INFINITY;
    HistogramBucket b = HistogramEstimate.bounded(h, raw);
    double low = openBelow && (openAbove || raw.upper() <= 0) ? raw.lower() : b.lower();
    double high = openAbove ? raw.upper() : b.upper();
    boolean beyond = openBelow && !below && cut > Double.NEGATIVE_INFINITY && cut < low;
    if (below ? cut >= high : cut <= low && !beyond) {
      return keepAll(b, low, high);
    }
    changed = true;
    if (beyond || (below ? cut <= low : cut >= high)) {
      return 0;
    }
    if (openAbove) {
      return below || openBelow ? 0 : keepAt(b.count(), cut);
    }
    if (openBelow && raw.upper() <= 0) {
      return below ? keepAt(raw.count(), cut) : 0;
    }
    double share = HistogramEstimate.share(h, b, cut);
    double kept = b.count() * (below ? share : 1 - share);
    return keepAt(kept, below ? middle(b, low, cut) : middle(b, cut, high));
  }

  private double keepAll(HistogramBucket b, double low, double high) {
    boolean openBelow = low == Double.NEGATIVE_INFINITY;
    boolean openAbove = high == Double.POSITIVE_INFINITY;
    return keepAt(
        b.count(), openAbove ? openBelow ? 0 : low : openBelow ? high : middle(b, low, high));
  }

  private double keepAt(double n, double middle) {
    count.add(n);
    sum.add(n * middle);
    return n;
  }

  private double middle(HistogramBucket b, double low, double high) {
    if (HistogramEstimate.linear(h, b)) {
      return (low + high) / 2;
    }
    return Math.copySign(Math.sqrt(low * high), Arrays.stream(new double[] {low, high}).sum());
  }
}

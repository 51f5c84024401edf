package io.rezolus.libs.histogram;

/** Quantiles of one set of bucket counts. Their total may exceed 64 bits. */
public final class Quantiles {
  private static final double TWO_64 = 0x1p64;

  private final HistogramConfig config;
  private final long[] buckets;
  private final long totalHigh;
  private final long totalLow;

  /**
   * @param buckets as many counts as the configuration has buckets; not copied
   */
  public Quantiles(HistogramConfig config, long[] buckets) {
    this.config = config;
    this.buckets = buckets;
    long high = 0;
    long low = 0;
    for (long bucket : buckets) {
      low += bucket;
      if (Long.compareUnsigned(low, bucket) < 0) {
        high++;
      }
    }
    totalHigh = high;
    totalLow = low;
  }

  public boolean isEmpty() {
    return totalHigh == 0 && totalLow == 0;
  }

  /** Number of values counted, rounded where it exceeds 2^53. */
  public double total() {
    return totalHigh * TWO_64 + unsigned(totalLow);
  }

  /**
   * Index of the first bucket at which the running count reaches {@code ceil(quantile * total)}, at
   * least 1.
   *
   * @param quantile 0 for the first bucket with a count, 1 for the last
   * @return -1 when nothing was counted
   * @throws IllegalArgumentException when the quantile is not within 0 and 1
   */
  public int bucket(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException(quantile + ": a quantile is within 0 and 1");
    }
    if (isEmpty()) {
      return -1;
    }
    double target = Math.max(1, Math.ceil(quantile * total()));
    // a double above 2^53 is a whole number, so splitting it loses nothing
    long targetHigh = (long) (target / TWO_64);
    long targetLow = fromDouble(target - targetHigh * TWO_64);
    long high = 0;
    long low = 0;
    int last = -1;
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] == 0) {
        continue;
      }
      last = i;
      low += buckets[i];
      if (Long.compareUnsigned(low, buckets[i]) < 0) {
        high++;
      }
      if (high > targetHigh || high == targetHigh && Long.compareUnsigned(low, targetLow) >= 0) {
        return i;
      }
    }
    return last; // the product was rounded up past the total
  }

  /**
   * Upper bound of {@link #bucket}, unsigned; the value reported for a quantile.
   *
   * @throws IllegalStateException when nothing was counted
   */
  public long value(double quantile) {
    int bucket = bucket(quantile);
    if (bucket < 0) {
      throw new IllegalStateException("an empty histogram has no quantiles");
    }
    return config.upper(bucket);
  }

  private static double unsigned(long value) {
    // the low bit is kept sticky so that the halved value rounds like the whole one
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  private static long fromDouble(double value) {
    return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) + Long.MIN_VALUE;
  }
}

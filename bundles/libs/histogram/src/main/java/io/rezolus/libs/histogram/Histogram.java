package io.rezolus.libs.histogram;

import java.util.Arrays;
import java.util.Optional;

/**
 * A dense H2 histogram: one unsigned 64-bit count per bucket. Mutable and not thread safe; the
 * bucket array is shared with whoever handed it in or asks for it.
 */
public final class Histogram {
  private final HistogramConfig config;
  private final long[] buckets;

  /** An empty histogram. */
  public Histogram(HistogramConfig config) {
    this(config, new long[config.bucketCount()]);
  }

  /**
   * A histogram over existing counts, not copied.
   *
   * @throws IllegalArgumentException when the number of counts contradicts the configuration
   */
  public Histogram(HistogramConfig config, long[] buckets) {
    if (buckets.length != config.bucketCount()) {
      throw new IllegalArgumentException(
          buckets.length
              + " buckets: expected "
              + config.bucketCount()
              + " for grouping power "
              + config.groupingPower()
              + " and max value power "
              + config.maxValuePower());
    }
    this.config = config;
    this.buckets = buckets;
  }

  public HistogramConfig config() {
    return config;
  }

  /** The counts themselves. */
  public long[] buckets() {
    return buckets;
  }

  /** Counts {@code value} once. */
  public void increment(long value) {
    add(value, 1);
  }

  /** Counts {@code value} {@code count} times, wrapping at 2^64. */
  public void add(long value, long count) {
    buckets[config.index(value)] += count;
  }

  public boolean isEmpty() {
    for (long bucket : buckets) {
      if (bucket != 0) {
        return false;
      }
    }
    return true;
  }

  /** The quantile query over these counts as they are now. */
  public Quantiles quantiles() {
    return new Quantiles(config, buckets);
  }

  /** Bucket-wise sum modulo 2^64. */
  public Histogram mergeWrapping(Histogram other) {
    requireSameConfig(other);
    long[] sum = new long[buckets.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = buckets[i] + other.buckets[i];
    }
    return new Histogram(config, sum);
  }

  /**
   * Bucket-wise sum.
   *
   * @throws ArithmeticException when a count would exceed 2^64 - 1
   */
  public Histogram mergeChecked(Histogram other) {
    Histogram sum = mergeWrapping(other);
    for (int i = 0; i < buckets.length; i++) {
      if (Long.compareUnsigned(sum.buckets[i], buckets[i]) < 0) {
        throw new ArithmeticException("bucket " + i + ": the sum exceeds 64 bits");
      }
    }
    return sum;
  }

  /** Bucket-wise difference modulo 2^64. */
  public Histogram subtractWrapping(Histogram other) {
    requireSameConfig(other);
    long[] difference = new long[buckets.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = buckets[i] - other.buckets[i];
    }
    return new Histogram(config, difference);
  }

  /**
   * Bucket-wise difference.
   *
   * @throws ArithmeticException when a count would be negative
   */
  public Histogram subtractChecked(Histogram other) {
    requireSameConfig(other);
    for (int i = 0; i < buckets.length; i++) {
      if (Long.compareUnsigned(buckets[i], other.buckets[i]) < 0) {
        throw new ArithmeticException("bucket " + i + ": the difference is negative");
      }
    }
    return subtractWrapping(other);
  }

  /**
   * What was counted since {@code previous}, an earlier reading of the same cumulative histogram.
   * Counts may have wrapped in between.
   *
   * @return empty when a bucket's difference exceeds 2^63, which means that the producer restarted
   */
  public Optional<Histogram> delta(Histogram previous) {
    Histogram delta = subtractWrapping(previous);
    for (long bucket : delta.buckets) {
      if (Long.compareUnsigned(bucket, Long.MIN_VALUE) > 0) {
        return Optional.empty();
      }
    }
    return Optional.of(delta);
  }

  /**
   * The same counts with fewer, wider buckets. No bucket is split.
   *
   * @param groupingPower smaller than the present one
   */
  public Histogram downsample(int groupingPower) {
    if (groupingPower >= config.groupingPower()) {
      throw new IllegalArgumentException(
          groupingPower + ": expected a grouping power below " + config.groupingPower());
    }
    Histogram coarse = new Histogram(new HistogramConfig(groupingPower, config.maxValuePower()));
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] != 0) {
        coarse.add(config.lower(i), buckets[i]);
      }
    }
    return coarse;
  }

  private void requireSameConfig(Histogram other) {
    if (!config.equals(other.config)) {
      throw new IllegalArgumentException(
          "incompatible histograms: " + config + " and " + other.config);
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Histogram other
        && config.equals(other.config)
        && Arrays.equals(buckets, other.buckets);
  }

  @Override
  public int hashCode() {
    return 31 * config.hashCode() + Arrays.hashCode(buckets);
  }
}

package io.rezolus.libs.histogram;

/**
 * The shape of an H2 histogram. Values below {@code 2^(groupingPower + 1)} have a bucket each;
 * above, every power of two is divided into {@code 2^groupingPower} buckets of equal width.
 *
 * <p>Values and bounds are unsigned 64-bit, bounds are inclusive.
 *
 * @param groupingPower the relative error is {@code 2^-groupingPower}
 * @param maxValuePower the largest value is {@code 2^maxValuePower - 1}; at most 64
 */
public record HistogramConfig(int groupingPower, int maxValuePower) {

  /** Every histogram the agent itself produces: 496 buckets over the whole unsigned range. */
  public static final HistogramConfig NATIVE = new HistogramConfig(3, 64);

  public HistogramConfig {
    if (!isLegal(groupingPower, maxValuePower)) {
      throw new IllegalArgumentException(
          groupingPower
              + ","
              + maxValuePower
              + ": not an H2 histogram configuration; expected"
              + " 0 <= grouping power < max value power <= 64 and fewer than 2^31 buckets");
    }
  }

  /** Whether such a histogram exists and its buckets fit into one array. */
  public static boolean isLegal(int groupingPower, int maxValuePower) {
    return groupingPower >= 0
        && groupingPower <= 30
        && groupingPower < maxValuePower
        && maxValuePower <= 64
        && (long) (maxValuePower - groupingPower + 1) << groupingPower <= Integer.MAX_VALUE - 8;
  }

  /** Number of buckets. */
  public int bucketCount() {
    return (maxValuePower - groupingPower + 1) << groupingPower;
  }

  /** Largest value that has a bucket, unsigned. */
  public long max() {
    return maxValuePower == 64 ? -1L : (1L << maxValuePower) - 1;
  }

  /** Power of two from which buckets are wider than one. */
  public int cutoffPower() {
    return groupingPower + 1;
  }

  /** Smallest value whose bucket may be wider than one. */
  public long cutoffValue() {
    return 1L << cutoffPower();
  }

  /** Number of buckets of width one. */
  public int lowerBinCount() {
    return 1 << cutoffPower();
  }

  /** Number of buckets per power of two above the cutoff. */
  public int upperBinDivisions() {
    return 1 << groupingPower;
  }

  /** Number of buckets above the cutoff. */
  public int upperBinCount() {
    return bucketCount() - lowerBinCount();
  }

  /**
   * Bucket of an unsigned value.
   *
   * @throws IllegalArgumentException when the value exceeds {@link #max}
   */
  public int index(long value) {
    if (Long.compareUnsigned(value, cutoffValue()) < 0) {
      return (int) value;
    }
    if (Long.compareUnsigned(value, max()) > 0) {
      throw new IllegalArgumentException(
          Long.toUnsignedString(value)
              + ": out of range, expected at most "
              + Long.toUnsignedString(max()));
    }
    int power = 63 - Long.numberOfLeadingZeros(value);
    long offset = (value - (1L << power)) >>> (power - groupingPower);
    return lowerBinCount() + ((power - cutoffPower()) << groupingPower) + (int) offset;
  }

  /** Smallest value of bucket {@code index}, unsigned. */
  public long lower(int index) {
    checkIndex(index);
    int group = index >>> groupingPower;
    long rest = index - ((long) group << groupingPower);
    if (group == 0) {
      return rest;
    }
    return (1L << (groupingPower + group - 1)) + (rest << (group - 1));
  }

  /** Largest value of bucket {@code index}, unsigned. */
  public long upper(int index) {
    checkIndex(index);
    return index == bucketCount() - 1 ? max() : lower(index + 1) - 1;
  }

  private void checkIndex(int index) {
    if (index < 0 || index >= bucketCount()) {
      throw new IndexOutOfBoundsException(index + ": no such bucket, there are " + bucketCount());
    }
  }
}

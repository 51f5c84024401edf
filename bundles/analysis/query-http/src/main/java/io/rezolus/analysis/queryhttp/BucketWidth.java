package io.rezolus.analysis.queryhttp;

/** Widths of display buckets: round ones, so that zooming does not shift them about. */
final class BucketWidth {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] WIDTHS = {
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    20 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY
  };

  private BucketWidth() {}

  /**
   * The smallest round width, in ns, of which so many buckets that begin at multiples of it hold
   * all times from {@code first} to {@code last}; with one bucket it may take two.
   *
   * @param first ns since the epoch
   * @param last not before it
   */
  static long covering(long first, long last, int buckets) {
    for (long width : WIDTHS) {
      if (holds(first, last, width, buckets)) {
        return width;
      }
    }
    long width = Long.divideUnsigned(last - first, Math.max(1, buckets - 1)) / DAY * DAY + DAY;
    while (width > DAY && holds(first, last, width - DAY, buckets)) {
      width -= DAY;
    }
    return width;
  }

  private static boolean holds(long first, long last, long width, int buckets) {
    return Math.floorDiv(last, width) - Math.floorDiv(first, width) < buckets;
  }
}

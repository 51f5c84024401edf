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
   * The smallest round width of which {@code buckets} cover a time span, in ns.
   *
   * @param span ns
   */
  static long covering(long span, int buckets) {
    long least = Math.max(1, Long.divideUnsigned(span, buckets));
    for (long width : WIDTHS) {
      if (width >= least) {
        return width;
      }
    }
    return (least + DAY - 1) / DAY * DAY;
  }
}

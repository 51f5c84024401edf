package io.rezolus.analysis.query;

/**
 * The times a question is about, ns since the epoch.
 *
 * @param step 0 for one time, which is {@code end}
 */
record QueryWindow(long start, long end, long step) {
  private static final long SECOND = 1_000_000_000L;
  private static final int ROWS = 60;
  private static final int STEPS_MAX = 1_000_000;
  private static final long[] ROUND = {
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    50_000_000,
    100_000_000,
    200_000_000,
    500_000_000,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    600 * SECOND,
    900 * SECOND,
    1800 * SECOND,
    3600 * SECOND,
    7200 * SECOND,
    10_800 * SECOND,
    21_600 * SECOND,
    43_200 * SECOND,
    86_400 * SECOND
  };

  static QueryWindow at(long time) {
    return new QueryWindow(time, time, 0);
  }

  boolean instant() {
    return step == 0;
  }

  /**
   * The whole of what is there, at a round step and round times so that about sixty remain.
   *
   * @param interval nominal time between samples, 0 when it is not known
   */
  static QueryWindow covering(long start, long end, long interval) {
    long step = stepFor(end - start, interval);
    long first = Math.floorDiv(start + step - 1, step) * step;
    long last = Math.floorDiv(end, step) * step;
    return first <= last ? new QueryWindow(first, last, step) : new QueryWindow(end, end, step);
  }

  /** A round step that makes about sixty of a time span, and is not below the interval. */
  static long stepFor(long span, long interval) {
    long least = Math.max(interval, span / ROWS);
    for (long step : ROUND) {
      if (step >= least) {
        return step;
      }
    }
    long day = 86_400 * SECOND;
    return (least + day - 1) / day * day;
  }

  /** Whether so many steps are too many to be meant. */
  boolean excessive() {
    return step > 0 && (end - start) / step >= STEPS_MAX;
  }
}

package io.rezolus.analysis.queryhttp;

/**
 * The steps of a range query, ns since the epoch.
 *
 * @param step distance of two steps, ns, above 0
 */
record TimeRange(long start, long end, long step) {
  /** Checks what Prometheus checks. */
  TimeRange {
    if (end < start) {
      throw new IllegalArgumentException(
          "invalid parameter \"end\": end timestamp must not be before start time");
    }
  }

  static TimeRange of(Parameters parameters) throws ApiException {
    long start = parameters.time("start");
    long end = parameters.time("end");
    long step = parameters.duration("step");
    return checked(start, end, step);
  }

  static TimeRange checked(long start, long end, long step) throws ApiException {
    try {
      return new TimeRange(start, end, step);
    } catch (IllegalArgumentException e) {
      throw ApiException.badData(e.getMessage());
    }
  }

  /** Number of steps, at most {@link Long#MAX_VALUE}. */
  long steps() {
    // the difference of two times may exceed 63 bits
    return Long.divideUnsigned(end - start, step) + 1;
  }

  /** Refuses more steps than an answer may list. */
  void requireAtMost(int points) throws ApiException {
    if (steps() - 1 > points) {
      throw ApiException.badData(
          "exceeded maximum resolution of "
              + String.format(java.util.Locale.ROOT, "%,d", points)
              + " points per timeseries. Try decreasing the query resolution (?step=XX)");
    }
  }
}

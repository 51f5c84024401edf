package io.rezolus.analysis.queryhttp;

/**
 * What one request may cost.
 *
 * @param samples most samples held at a time
 * @param pointsPerSeries most points of a series in an answer that lists them
 * @param series most series in an answer
 * @param bytes most bytes of an answer, before compression
 * @param timeoutNanos longest time a query may take, also where it asks for more
 * @param concurrent how many queries run at a time; more of them wait
 */
record QueryLimits(
    long samples, int pointsPerSeries, int series, long bytes, long timeoutNanos, int concurrent) {
  private static final int BYTES_PER_SAMPLE = 16;
  private static final long MOST_SAMPLES = 50_000_000;

  /** Most bytes of samples held at a time. */
  long memory() {
    return samples * BYTES_PER_SAMPLE;
  }

  /** Most bytes that a picture takes, while the answer to be drawn is evaluated piece by piece. */
  long pictureMemory() {
    return Math.min(bytes, memory() / 4);
  }

  /** Most bytes of all answers together that are being sent while others are evaluated. */
  long sendingMemory() {
    return memory() / 4;
  }

  /** Prometheus' limits where it has one, and what this process has memory for. */
  static QueryLimits ofThisProcess() {
    int concurrent = Math.max(2, Runtime.getRuntime().availableProcessors());
    long share = Runtime.getRuntime().maxMemory() / 10 * 6 / concurrent;
    return new QueryLimits(
        Math.min(MOST_SAMPLES, share / BYTES_PER_SAMPLE),
        11_000,
        100_000,
        1L << 30,
        120_000_000_000L,
        concurrent);
  }
}

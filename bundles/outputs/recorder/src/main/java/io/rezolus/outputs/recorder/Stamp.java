package io.rezolus.outputs.recorder;

import java.time.Instant;

/**
 * A clock that never steps: the wall clock as it was at the start, and what a monotonic clock has
 * counted since.
 */
final class Stamp {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long anchorNanos = wallNanos();
  private final long startNanos = System.nanoTime();
  private long last;

  /** The wall clock at the start, nanoseconds since the Unix epoch. */
  long anchorNanos() {
    return anchorNanos;
  }

  /** Nanoseconds since the Unix epoch, later than any time returned before. */
  long next() {
    last = Math.max(last + 1, anchorNanos + System.nanoTime() - startNanos);
    return last;
  }

  /** What the wall clock says now, nanoseconds since the Unix epoch. */
  static long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}

package io.rezolus.libs.recording.rez;

/**
 * How far the wall clock was ahead of a row's time.
 *
 * @param ts time of the row, nanoseconds since the Unix epoch
 * @param offsetNanos wall clock minus {@code ts}
 */
public record ClockOffset(long ts, long offsetNanos) {}

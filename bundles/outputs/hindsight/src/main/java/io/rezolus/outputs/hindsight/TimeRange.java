package io.rezolus.outputs.hindsight;

import io.rezolus.libs.command.DurationConverter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.TypeConversionException;

/**
 * Part of the past that is asked for, both ends included, nanoseconds since the Unix epoch.
 *
 * @param everything whether no range was given
 */
record TimeRange(boolean everything, long from, long to) {
  /** Less is a clock that is being corrected little by little. */
  private static final long STEP = 1_000_000_000L;

  static final TimeRange EVERYTHING = new TimeRange(true, 0, Long.MAX_VALUE);

  /**
   * Understands the parameters of a request. {@code last} wins over the others.
   *
   * @param last a duration such as {@code 5m}, back from {@code newest}; may be null
   * @param start whole seconds since the epoch or RFC 3339 with a zone; may be null
   * @param end likewise
   * @param newest time of the newest row
   * @throws IllegalArgumentException when one is wrong; the message says what was expected
   */
  static TimeRange parse(String last, String start, String end, long newest) {
    if (last != null) {
      try {
        Duration duration = new DurationConverter().convert(last);
        return new TimeRange(false, Math.max(0, newest - duration.toNanos()), Long.MAX_VALUE);
      } catch (TypeConversionException e) {
        throw new IllegalArgumentException("last=" + e.getMessage(), e);
      }
    }
    if (start == null && end == null) {
      return EVERYTHING;
    }
    long from = start == null ? 0 : time("start", start);
    long to = end == null ? Long.MAX_VALUE : time("end", end);
    if (from > to) {
      throw new IllegalArgumentException("start=" + start + " is later than end=" + end);
    }
    return new TimeRange(false, from, to);
  }

  /**
   * The range and, where the wall clock has been set meanwhile, also what it is by the times of the
   * rows, which have gone on as if it had not been. Which of them is meant nobody can say.
   *
   * @param offset how far the wall clock is ahead of the rows' times, nanoseconds
   */
  TimeRange stepped(long offset) {
    if (everything || Math.abs(offset) < STEP) {
      return this;
    }
    long shiftedTo = to == Long.MAX_VALUE ? to : to - offset;
    return new TimeRange(false, Math.min(from, from - offset), Math.max(to, shiftedTo));
  }

  private static long time(String name, String text) {
    try {
      Instant instant =
          text.matches("\\d{1,11}")
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          name
              + "="
              + text
              + ": expected whole seconds since 1970, or a time such as"
              + " 2026-01-31T12:00:00Z",
          e);
    }
  }
}

package io.rezolus.libs.recording.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as people and programs write them. */
public final class EventTime {
  private static final Pattern NANOS = Pattern.compile("\\d{1,19}");
  private static final Pattern ZONED = Pattern.compile(".*T.*([zZ]|[+-]\\d\\d:\\d\\d)", 2);
  private static final Pattern PART =
      Pattern.compile("\\s*(\\d{1,12})\\s*(ns|us|ms|s|m|h|d)(?![a-z])\\s*");
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private EventTime() {}

  /**
   * Nanoseconds since the Unix epoch of an integer of just that, or of an ISO 8601 date and time;
   * without a zone it is UTC, and seconds may be missing.
   *
   * @throws IllegalArgumentException for anything else; the message is one line
   */
  public static long parse(String text) {
    try {
      if (NANOS.matcher(text).matches()) {
        return Long.parseLong(text);
      }
      Instant instant =
          ZONED.matcher(text).matches()
              ? OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant()
              : LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                  .toInstant(ZoneOffset.UTC);
      long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L);
      if (seconds >= 0) {
        return Math.addExact(seconds, instant.getNano());
      }
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        text + ": not a time; expected nanoseconds since 1970 or one like 2026-01-31T15:23:00Z");
  }

  /**
   * Nanoseconds of an integer of just that, or of numbers with units such as {@code 1m30s}.
   *
   * @throws IllegalArgumentException for anything else; the message is one line
   */
  public static long parseDuration(String text) {
    try {
      if (NANOS.matcher(text).matches()) {
        return Long.parseLong(text);
      }
      Matcher part = PART.matcher(text);
      long sum = 0;
      int end = 0;
      while (end < text.length() && part.find(end) && part.start() == end) {
        long amount = Long.parseLong(part.group(1));
        sum = Math.addExact(sum, Math.multiplyExact(amount, UNITS.get(part.group(2))));
        end = part.end();
      }
      if (end > 0 && end == text.length()) {
        return sum;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        text + ": not a duration; expected nanoseconds or one like 1m30s (ns, us, ms, s, m, h, d)");
  }
}

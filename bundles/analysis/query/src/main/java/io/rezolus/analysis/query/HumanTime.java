package io.rezolus.analysis.query;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as people type them; results are nanoseconds. */
final class HumanTime {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|[smhdw])");
  private static final long NANOS = 1_000_000_000L;

  private HumanTime() {}

  /**
   * A time.
   *
   * @param text {@code -5m} before the end of the data, {@code +5m} after its start, RFC 3339, a
   *     date with or without a time of day in UTC, or seconds since 1970
   * @throws IllegalArgumentException for anything else; the message says what is understood
   */
  static long time(String text, long dataStart, long dataEnd) {
    try {
      if (text.equals("now")) {
        return System.currentTimeMillis() * 1_000_000L;
      }
      if (text.startsWith("-")) {
        return Math.subtractExact(dataEnd, duration(text.substring(1)));
      }
      if (text.startsWith("+")) {
        return Math.addExact(dataStart, duration(text.substring(1)));
      }
      if (text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
        return new BigDecimal(text).movePointRight(9).longValueExact();
      }
      return calendar(text);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          text
              + ": not a time such as -5m (before the end), +5m (after the start),"
              + " 2026-01-31T23:59:59Z, \"2026-01-31 23:59\" (UTC) or 1769903999",
          e);
    }
  }

  private static long calendar(String text) {
    String iso = text.strip().replace(' ', 'T');
    OffsetDateTime time;
    if (iso.indexOf('T') < 0) {
      time = LocalDate.parse(iso).atStartOfDay().atOffset(ZoneOffset.UTC);
    } else if (iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")) {
      time = OffsetDateTime.parse(iso);
    } else {
      time = LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
    }
    return Math.addExact(Math.multiplyExact(time.toEpochSecond(), NANOS), time.getNano());
  }

  /**
   * A duration.
   *
   * @param text numbers with units as in {@code 1m30s} and {@code 0.5h}, or seconds
   * @throws IllegalArgumentException for anything else
   */
  static long duration(String text) {
    if (text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
      return new BigDecimal(text).movePointRight(9).longValueExact();
    }
    Matcher part = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum =
          sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw new IllegalArgumentException(
          text + ": not a duration such as 15s, 1m30s or 500ms (units ms, s, m, h, d, w)");
    }
    try {
      return sum.setScale(0, java.math.RoundingMode.HALF_UP).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text + ": longer than 292 years", e);
    }
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> 1000;
      case "ms" -> 1_000_000;
      case "s" -> NANOS;
      case "m" -> 60 * NANOS;
      case "h" -> 3600 * NANOS;
      case "d" -> 86_400 * NANOS;
      default -> 7 * 86_400 * NANOS;
    };
  }
}

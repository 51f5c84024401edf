package io.rezolus.analysis.queryhttp;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as requests write them. All results are nanoseconds. */
final class Times {
  private static final Pattern PART = Pattern.compile("(\\d{1,15})(ms|us|ns|[ywdhms])");

  /** Years 1678 to 2262, what nanoseconds in 64 bits can tell. */
  private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE - 1, 9);

  private Times() {}

  /** Seconds since the epoch with a fraction, or RFC 3339. */
  static long time(String name, String text) throws ApiException {
    String expected = "a time in seconds since 1970 or as 2026-01-31T23:59:59Z";
    if (text.indexOf(':') < 0) {
      return seconds(name, text, expected);
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return Math.addExact(
          Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeParseException e) {
      throw wrong(name, text, expected);
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(name, text, "a time between the years 1678 and 2262");
    }
  }

  /** Seconds with a fraction, or numbers with units as in {@code 1h30m}. */
  static long duration(String name, String text) throws ApiException {
    Matcher part = PART.matcher(text);
    long sum = 0;
    int end = 0;
    try {
      while (part.find() && part.start() == end) {
        long amount = Long.parseLong(part.group(1));
        sum = Math.addExact(sum, Math.multiplyExact(amount, unit(part.group(2))));
        end = part.end();
      }
    } catch (ArithmeticException e) {
      throw wrong(name, text, "at most 292 years");
    }
    if (end > 0 && end == text.length()) {
      return sum;
    }
    return seconds(name, text, "a duration in seconds or as 1h30m");
  }

  private static long seconds(String name, String text, String expected) throws ApiException {
    try {
      // a number of a million digits in the exponent is small as text and huge as a number
      BigDecimal seconds = text.length() > 64 ? LIMIT.add(BigDecimal.ONE) : new BigDecimal(text);
      if (seconds.signum() != 0 && Math.abs((long) seconds.precision() - seconds.scale()) > 40
          || seconds.abs().compareTo(LIMIT) > 0) {
        throw wrong(name, text, expected);
      }
      return seconds.setScale(9, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    } catch (NumberFormatException e) {
      throw wrong(name, text, expected);
    }
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us" -> 1000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      case "w" -> 7 * 86_400_000_000_000L;
      default -> 365 * 86_400_000_000_000L;
    };
  }

  private static ApiException wrong(String name, String text, String expected) {
    String shown = text.length() > 64 ? text.substring(0, 64) + "..." : text;
    return ApiException.badData(
        "invalid parameter \"" + name + "\": \"" + shown + "\" is not " + expected);
  }
}

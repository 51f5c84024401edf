package io.rezolus.core.api.time;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a sum of numbers with units, {@code 10ms} or {@code 1m 30s}. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("\\s*(\\d+)\\s*([A-Za-zµ]+)\\s*");
  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          unit("nanos", 1),
          unit("nsec", 1),
          unit("ns", 1),
          unit("usec", 1_000),
          unit("us", 1_000),
          unit("µs", 1_000),
          unit("millis", 1_000_000),
          unit("msec", 1_000_000),
          unit("ms", 1_000_000),
          seconds("seconds", 1),
          seconds("second", 1),
          seconds("secs", 1),
          seconds("sec", 1),
          seconds("s", 1),
          seconds("minutes", 60),
          seconds("minute", 60),
          seconds("mins", 60),
          seconds("min", 60),
          seconds("m", 60),
          seconds("hours", 3600),
          seconds("hour", 3600),
          seconds("hrs", 3600),
          seconds("hr", 3600),
          seconds("h", 3600),
          seconds("days", 86_400),
          seconds("day", 86_400),
          seconds("d", 86_400),
          seconds("weeks", 604_800),
          seconds("week", 604_800),
          seconds("wk", 604_800),
          seconds("w", 604_800));

  private Durations() {}

  /**
   * @throws IllegalArgumentException when the text is no duration; the message says what is one
   */
  public static Duration parse(String text) {
    if (text.strip().equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    try {
      while (end < text.length() && part.find(end) && part.start() == end) {
        Duration unit = UNITS.get(part.group(2));
        if (unit == null) {
          break;
        }
        sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
        end = part.end();
      }
      // everything that takes one is a clock in nanoseconds
      sum.toNanos();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(text + ": longer than a duration can be (292 years)", e);
    }
    if (end == 0 || end < text.length()) {
      throw new IllegalArgumentException(text + ": not a duration such as 10ms, 1s or 1m 30s");
    }
    return sum;
  }

  private static Map.Entry<String, Duration> unit(String name, long nanos) {
    return Map.entry(name, Duration.ofNanos(nanos));
  }

  private static Map.Entry<String, Duration> seconds(String name, long seconds) {
    return Map.entry(name, Duration.ofSeconds(seconds));
  }
}

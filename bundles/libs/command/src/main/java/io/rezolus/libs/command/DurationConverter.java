package io.rezolus.libs.command;

import io.rezolus.core.api.time.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations on the command line: numbers with units, {@code 200ms}, {@code 1m30s}, {@code 5min}.
 * They are whole milliseconds, in which recordings say how often they were sampled.
 */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    Duration duration;
    try {
      duration = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
    if (duration.isZero() || duration.toDays() > 3650 || duration.toNanosPart() % 1_000_000 != 0) {
      throw new TypeConversionException(
          text + ": expected whole milliseconds, between 1ms and 3650d");
    }
    return duration;
  }

  /** A duration as it is typed, in whole milliseconds: {@code 1m30s}, {@code 200ms}. */
  public static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.length() == 0 ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit);
    }
  }
}

package io.rezolus.analysis.recordingtools;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Moments on the command line, as nanoseconds since the Unix epoch: {@code 2026-01-31T12:00:00Z},
 * without a zone in UTC, or seconds since the epoch.
 */
final class TimeConverter implements ITypeConverter<Long> {
  private static final int NANO_DIGITS = 9;
  private static final int LENGTH_MAX = 40;

  @Override
  public Long convert(String text) {
    try {
      if (text.length() <= LENGTH_MAX && text.matches("-?\\d+(\\.\\d+)?")) {
        return new BigDecimal(text).movePointRight(NANO_DIGITS).toBigInteger().longValueExact();
      }
      Instant moment = instant(text);
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new TypeConversionException(
          text + ": not a moment such as 2026-01-31T12:00:00Z or 1769860800 (seconds)");
    }
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }
}

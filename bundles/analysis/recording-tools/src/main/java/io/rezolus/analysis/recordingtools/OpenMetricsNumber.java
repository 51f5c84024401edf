package io.rezolus.analysis.recordingtools;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Numbers as OpenMetrics writes them. */
final class OpenMetricsNumber {
  private static final int NANOS_DIGITS = 9;
  private static final long NANOS = 1_000_000_000L;

  private OpenMetricsNumber() {}

  /** A moment in seconds, every nanosecond of it. */
  static String seconds(long nanos) {
    String fraction = Long.toString(Math.floorMod(nanos, NANOS));
    return Math.floorDiv(nanos, NANOS)
        + "."
        + "0".repeat(NANOS_DIGITS - fraction.length())
        + fraction;
  }

  /** An unsigned value as the shortest text that is read as the same floating-point number. */
  static String bound(long unsigned) {
    double value = unsignedDouble(unsigned);
    if (value < 1_000_000) {
      return Double.toString(value);
    }
    BigDecimal shortest =
        new BigDecimal(Double.toString(value), MathContext.UNLIMITED).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e+" + (exponent < 10 ? "0" : "") + exponent;
  }

  private static double unsignedDouble(long unsigned) {
    return unsigned >= 0
        ? (double) unsigned
        : new BigInteger(Long.toUnsignedString(unsigned)).doubleValue();
  }

  /** Sum of counts at the largest values of their buckets: what was observed is not more. */
  static String sum(BigInteger sum) {
    return sum.bitLength() <= 53 ? sum.toString() : Double.toString(sum.doubleValue());
  }
}

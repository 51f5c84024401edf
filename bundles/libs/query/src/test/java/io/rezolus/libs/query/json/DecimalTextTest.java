package io.rezolus.libs.query.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecimalTextTest {
  private static final int SAMPLES = 30_000;

  private static String text(double value) {
    byte[] out = new byte[DecimalText.ROOM + 1];
    int end = DecimalText.write(out, 1, value);
    return new String(out, 1, end - 1, StandardCharsets.US_ASCII);
  }

  /** Of the decimals that read back, the nearest of those with the fewest digits. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 17; digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() != value) {
        break;
      }
      shortest = rounded;
    }
    return shortest.stripTrailingZeros();
  }

  private static String expected(double value) {
    BigDecimal decimal = shortest(value);
    double magnitude = Math.abs(value);
    if (magnitude >= 1e-6 && magnitude < 1e21) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private record Kind(String name, Function<Random, Double> next) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("rates", r -> r.nextInt(60_000_000) / 59.0 * 1.0169491525423728),
        new Kind("quotients of counts", r -> r.nextInt(1 << 30) / (1.0 + r.nextInt(100_000))),
        new Kind("shares", Random::nextDouble),
        new Kind("small shares", r -> r.nextDouble() * Math.pow(10, -r.nextInt(8))),
        new Kind("cents", r -> r.nextInt(10_000_000) / 100.0),
        new Kind("short decimals", r -> r.nextInt(100_000) / Math.pow(10, r.nextInt(12))),
        new Kind(
            "neighbours of short decimals",
            r -> Math.nextUp(r.nextInt(100_000) / Math.pow(10, r.nextInt(12)))),
        new Kind("halves", r -> r.nextInt() / 2.0),
        new Kind("many eighths", r -> (r.nextLong() >> 12) / 8.0),
        new Kind("large fractions", r -> (double) (1L << 51) + r.nextInt() / 2.0),
        new Kind("few bits", r -> (1 + r.nextInt(7)) * Math.scalb(1.0, -r.nextInt(60))),
        new Kind("whole ones", r -> (double) (r.nextLong() >> r.nextInt(64))),
        new Kind("any", r -> Double.longBitsToDouble(r.nextLong())));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void numbers_have_the_fewest_digits_that_read_back_and_the_nearest_of_these(Kind kind) {
    Random random = new Random(11);
    for (int i = 0; i < SAMPLES; i++) {
      double value = kind.next().apply(random);
      if (!Double.isFinite(value) || Math.getExponent(value) < -1022) {
        continue; // of these two are as near
      }
      long fraction = Double.doubleToRawLongBits(value) & (1L << 52) - 1;
      String text = text(value);
      assertEquals(value, Double.parseDouble(text), text);
      if (value != 0 && fraction != 0) {
        // below a power of two the doubles are closer, where the nearest may not read back
        assertEquals(expected(value), text);
      }
    }
  }

  @Test
  void limits_of_the_forms_are_where_prometheus_has_them() {
    for (double limit : new double[] {1e-6, 1e21, 1, 10, 1L << 52, 1L << 53, 1e15, 1e16, 1e17}) {
      for (double value :
          new double[] {Math.nextDown(limit), limit, Math.nextUp(limit), -Math.nextUp(limit)}) {
        assertEquals(expected(value), text(value));
      }
    }
  }

  @Test
  void whole_numbers_are_unsigned_and_have_no_zeros_in_front() {
    Random random = new Random(5);
    byte[] out = new byte[32];
    for (int i = 0; i < 200_000; i++) {
      long power = (long) Math.pow(10, i % 19);
      long value =
          switch (i % 4) {
            case 0 -> power;
            case 1 -> power - 1;
            case 2 -> random.nextLong() >>> random.nextInt(64);
            default -> -random.nextInt(1000);
          };
      int end = Digits.write(out, 1, value);
      String text = new String(out, 1, end - 1, StandardCharsets.US_ASCII);
      assertEquals(Long.toUnsignedString(value), text);
    }
  }
}

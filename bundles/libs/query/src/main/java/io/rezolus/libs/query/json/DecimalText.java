package io.rezolus.libs.query.json;

/**
 * Writes numbers as Prometheus does: with the fewest digits that read back as the same double, and
 * with an exponent below 10^-6 and from 10^21 on.
 */
final class DecimalText {
  /** Bytes that a number may touch, longer than any. */
  static final int ROOM = 48;

  private static final long MAGNITUDE = Long.MAX_VALUE;
  private static final long INFINITE = 0x7FF0_0000_0000_0000L;
  private static final double WHOLE = 1L << 53;
  private static final double SMALLEST_PLAIN = 1e-6;
  private static final double SMALLEST_SCIENTIFIC = 1e21;
  private static final byte[] NAN = JsonBytes.ascii("NaN");
  private static final byte[] INF = JsonBytes.ascii("+Inf");

  /** Places of a fraction that are written at a time. */
  private static final int PLACES = 16;

  private static final long[] TENS = new long[PLACES + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  /** A zero, a point, and zeros. */
  private static final long ZEROS = 0x3030_3030_3030_2E30L;

  private DecimalText() {}

  /**
   * Writes a number.
   *
   * @param out has {@link #ROOM}; some bytes behind the number may be overwritten
   * @return the place behind the number
   */
  static int write(byte[] out, int at, double value) {
    long bits = Double.doubleToRawLongBits(value);
    int start = at;
    if (bits < 0) {
      out[start++] = '-';
      bits &= MAGNITUDE;
    }
    double magnitude = Math.abs(value);
    long whole = (long) magnitude;
    if (magnitude < WHOLE) {
      if (whole == magnitude) {
        return Digits.write(out, start, whole);
      }
      if (whole > 0) {
        return mixed(out, start, whole, bits);
      }
      if (magnitude >= SMALLEST_PLAIN) {
        return fraction(out, start, bits);
      }
    }
    if (bits >= INFINITE) {
      return special(out, at, value);
    }
    int exponent = DecimalDigits.exponent(bits);
    return magnitude < SMALLEST_PLAIN || magnitude >= SMALLEST_SCIENTIFIC
        ? scientific(out, start, DecimalDigits.digits(bits, exponent), exponent)
        : large(out, start, DecimalDigits.digits(bits, exponent), exponent);
  }

  private static int special(byte[] out, int at, double value) {
    byte[] text = Double.isNaN(value) ? NAN : INF;
    System.arraycopy(text, 0, out, at, text.length);
    if (value < 0) {
      out[at] = '-';
    }
    return at + text.length;
  }

  /** A number with digits on both sides of the point: a whole one is never its shortest decimal. */
  private static int mixed(byte[] out, int at, long whole, long bits) {
    int exponent = DecimalDigits.exponent(bits);
    long rest = DecimalDigits.digits(bits, exponent) - whole * TENS[-exponent];
    int point = Digits.write(out, at, whole);
    out[point] = '.';
    return Digits.fraction(out, point + 1, rest * TENS[PLACES + exponent]);
  }

  /** Below 1: 16 places or up to 6 more, of which 17 are digits at most. */
  private static int fraction(byte[] out, int at, long bits) {
    int exponent = DecimalDigits.exponent(bits);
    long digits = DecimalDigits.digits(bits, exponent);
    Digits.WORD.set(out, at, ZEROS);
    if (exponent == -PLACES) {
      return Digits.fraction(out, at + 2, digits);
    }
    // zeros, one digit, and sixteen
    int next = at + 1 - exponent - PLACES;
    long first = digits / TENS[PLACES];
    long rest = digits - first * TENS[PLACES];
    out[next] = (byte) ('0' + first);
    return rest == 0 ? next + 1 : Digits.fraction(out, next + 1, rest);
  }

  /** A whole number of which not all digits count. */
  private static int large(byte[] out, int at, long digits, int exponent) {
    int end = Digits.write(out, at, digits);
    for (int i = 0; i < exponent; i++) {
      out[end++] = '0';
    }
    return end;
  }

  private static int scientific(byte[] out, int at, long digits, int exponent) {
    int end = Digits.write(out, at + 1, digits);
    int power = exponent + end - at - 2;
    while (out[end - 1] == '0') {
      end--;
    }
    out[at] = out[at + 1];
    if (end > at + 2) {
      out[at + 1] = '.';
    } else {
      end--;
    }
    out[end++] = 'e';
    out[end++] = (byte) (power < 0 ? '-' : '+');
    if (Math.abs(power) < 10) {
      out[end++] = '0';
    }
    return Digits.write(out, end, Math.abs(power));
  }
}

package io.rezolus.libs.query.json;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a given double, by the algorithm that Raffaello Giulietti
 * describes in "The Schubfach way to render doubles". Java before version 19 finds longer ones, and
 * makes a string of each. Of nearly all numbers 63 bits of the power of ten say enough.
 */
final class DecimalDigits {
  private static final int FRACTION_BITS = 52;
  private static final int SMALLEST_EXPONENT = -1074;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int SMALLEST_POWER = -324;
  private static final int LARGEST_POWER = 292;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** Binary places of a difference between decimals where these are compared. */
  private static final int PLACES = 59;

  /** Bits that rounding loses where decimals are compared. */
  private static final int SLACK = 4;

  /** Powers of ten to 126 bits, as pairs of 63 bits. */
  private static final long[] POWERS = powers();

  private DecimalDigits() {}

  /**
   * Power of ten that the digits are multiplied by.
   *
   * @param bits of a positive finite number
   */
  static int exponent(long bits) {
    int q = power(bits);
    return regular(bits) ? floorLog10(q) : floorLog10ThreeQuarters(q);
  }

  /**
   * The decimal's digits as a whole number, zeros at its end among them.
   *
   * @param bits of a positive finite number
   * @param exponent of that number
   */
  static long digits(long bits, int exponent) {
    int q = power(bits);
    long c = bits & HIDDEN_BIT - 1;
    if (bits >= HIDDEN_BIT) {
      c |= HIDDEN_BIT;
    }
    int h = q + floorLog2OfPower(-exponent) + 2;
    int index = 2 * (exponent - SMALLEST_POWER);
    if (c > HIDDEN_BIT) {
      long quick = quick(POWERS[index], c << h, h);
      if (quick >= 0) {
        return quick;
      }
    }
    return exact(POWERS[index], POWERS[index + 1], c, h, regular(bits));
  }

  /** Of {@code c * 2^q}, the {@code q}. */
  private static int power(long bits) {
    return SMALLEST_EXPONENT - 1 + Math.max(1, (int) (bits >>> FRACTION_BITS));
  }

  /** Whether the next double below is as far away as the one above. */
  private static boolean regular(long bits) {
    return (bits & HIDDEN_BIT - 1) != 0 || bits <= HIDDEN_BIT;
  }

  /**
   * The digits where the upper half of the power suffices to tell them, else -1: of the decimals in
   * reach the one that ends in a zero, else the nearest.
   *
   * @param high a unit in {@code 2^-64}, less than one below the true value before it is shifted
   */
  private static long quick(long high, long shifted, int h) {
    long s = Math.multiplyHigh(high, shifted);
    long fraction = high * shifted;
    long round = 10 * Digits.tenth(s);
    // how far beyond the lower round decimal, and half the distance between doubles
    long beyond = (s - round << PLACES) + (fraction >>> 64 - PLACES);
    long reach = high >>> 65 - PLACES - h;
    long error = (shifted >>> 64 - PLACES) + SLACK;
    long down = reach - beyond;
    long up = reach - (10L << PLACES) + beyond;
    // what lies beyond is too small by up to the error; negative where that makes a difference
    long unsure =
        (down + SLACK ^ down - error)
            | (up - SLACK ^ up + error)
            | ~(fraction - SLACK) & fraction + shifted + SLACK;
    if (unsure < 0) {
      return -1;
    }
    // nobody can foresee which it is, so masks choose, not branches
    long notDown = down >> 63;
    long notUp = up >> 63;
    long nearest = s + (fraction >>> 63);
    return nearest & notDown & notUp | round & ~notDown | round + 10 & ~notUp;
  }

  /** The same for all numbers. */
  private static long exact(long high, long low, long c, int h, boolean regular) {
    int odd = (int) c & 1;
    long middle = scaled(high, low, c << 2 << h);
    long lower = scaled(high, low, (c << 2) - (regular ? 2 : 1) << h) + odd;
    long upper = scaled(high, low, (c << 2) + 2 << h) - odd;
    long s = middle >> 2;
    if (s >= 10) {
      long shorter = s / 10 * 10;
      boolean down = lower <= shorter << 2;
      boolean up = shorter + 10 << 2 <= upper;
      if (down != up) {
        return down ? shorter : shorter + 10;
      }
    }
    boolean down = lower <= s << 2;
    boolean up = s + 1 << 2 <= upper;
    if (down != up) {
      return down ? s : s + 1;
    }
    long distance = middle - (2 * s + 1 << 1);
    return distance < 0 || distance == 0 && (s & 1) == 0 ? s : s + 1;
  }

  /** The product with a power, rounded to odd. */
  private static long scaled(long high, long low, long c) {
    long carry = Math.multiplyHigh(low, c);
    long z = (high * c >>> 1) + carry;
    long w = Math.multiplyHigh(high, c) + (z >>> 63);
    return w | (z & LOW_63) + LOW_63 >>> 63;
  }

  private static int floorLog10(int q) {
    return (int) (q * 661_971_961_083L >> 41);
  }

  private static int floorLog10ThreeQuarters(int q) {
    return (int) (q * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  private static int floorLog2OfPower(int k) {
    return (int) (k * 913_124_641_741L >> 38);
  }

  private static long[] powers() {
    long[] out = new long[2 * (LARGEST_POWER - SMALLEST_POWER + 1)];
    BigInteger mask = BigInteger.valueOf(LOW_63);
    for (int k = SMALLEST_POWER; k <= LARGEST_POWER; k++) {
      int shift = floorLog2OfPower(-k) - 125;
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      BigInteger g =
          k > 0
              ? BigInteger.ONE.shiftLeft(-shift).divide(power)
              : shift > 0 ? power.shiftRight(shift) : power.shiftLeft(-shift);
      g = g.add(BigInteger.ONE);
      int index = 2 * (k - SMALLEST_POWER);
      out[index] = g.shiftRight(63).longValueExact();
      out[index + 1] = g.and(mask).longValueExact();
    }
    return out;
  }
}

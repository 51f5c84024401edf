package io.rezolus.libs.query.json;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a given double, by the algorithm that Raffaello Giulietti
 * describes in "The Schubfach way to render doubles". Java before version 19 finds longer ones, and
 * makes a string of each. One instance per thread.
 */
final class DecimalDigits {
  private static final int FRACTION_BITS = 52;
  private static final int SMALLEST_EXPONENT = -1074;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int SMALLEST_POWER = -324;
  private static final int LARGEST_POWER = 292;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** Powers of ten to 126 bits, as pairs of 63 bits. */
  private static final long[] POWERS = powers();

  private long digits;
  private int exponent;

  /** The decimal's digits as a whole number. */
  long digits() {
    return digits;
  }

  /** Power of ten that the digits are multiplied by. */
  int exponent() {
    return exponent;
  }

  /** Finds the decimal of a positive finite number. */
  void of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & HIDDEN_BIT - 1;
    int biased = (int) (bits >>> FRACTION_BITS);
    if (biased == 0) {
      shortest(SMALLEST_EXPONENT, fraction);
      return;
    }
    int q = SMALLEST_EXPONENT - 1 + biased;
    long c = HIDDEN_BIT | fraction;
    if (q < 0 && q > -FRACTION_BITS - 1 && c >> -q << -q == c) {
      set(c >> -q, 0);
      return;
    }
    shortest(q, c);
  }

  /** For {@code c * 2^q}: of all decimals that round to it, one with the fewest digits. */
  private void shortest(int q, long c) {
    int odd = (int) c & 1;
    boolean regular = c != HIDDEN_BIT || q == SMALLEST_EXPONENT;
    int k = regular ? floorLog10(q) : floorLog10ThreeQuarters(q);
    int h = q + floorLog2OfPower(-k) + 2;
    int index = 2 * (k - SMALLEST_POWER);
    long high = POWERS[index];
    long low = POWERS[index + 1];
    long middle = scaled(high, low, c << 2 << h);
    long lower = scaled(high, low, (c << 2) - (regular ? 2 : 1) << h) + odd;
    long upper = scaled(high, low, (c << 2) + 2 << h) - odd;
    long s = middle >> 2;
    if (s >= 10) {
      long shorter = s / 10 * 10;
      boolean down = lower <= shorter << 2;
      boolean up = shorter + 10 << 2 <= upper;
      if (down != up) {
        set(down ? shorter : shorter + 10, k);
        return;
      }
    }
    boolean down = lower <= s << 2;
    boolean up = s + 1 << 2 <= upper;
    if (down != up) {
      set(down ? s : s + 1, k);
      return;
    }
    long distance = middle - (2 * s + 1 << 1);
    set(distance < 0 || distance == 0 && (s & 1) == 0 ? s : s + 1, k);
  }

  private void set(long d, int power) {
    digits = d;
    exponent = power;
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

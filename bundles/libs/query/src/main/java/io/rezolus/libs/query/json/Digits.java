package io.rezolus.libs.query.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes whole numbers in decimal, four digits at a time. */
final class Digits {
  /** Eight bytes at a time, the first of them lowest. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle HALF =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FOUR = 10_000;
  private static final long EIGHT = 100_000_000L;
  private static final long SIXTEEN = EIGHT * EIGHT;

  /** What is left of digits without the upper half of their bytes. */
  private static final long VALUES = 0x0F0F0F0F0F0F0F0FL;

  /** The digits of all numbers of four, the first in the lowest byte. */
  private static final int[] TEXT = new int[FOUR];

  static {
    for (int i = 0; i < FOUR; i++) {
      int digits = i / 1000 | i / 100 % 10 << 8 | i / 10 % 10 << 16 | i % 10 << 24;
      TEXT[i] = digits | 0x30303030;
    }
  }

  private Digits() {}

  /**
   * Writes an unsigned number.
   *
   * @param out has room for 24 bytes; some of those behind the number may be overwritten
   * @return the place behind the number
   */
  static int write(byte[] out, int at, long value) {
    if (value < 0 || value >= SIXTEEN) {
      long high = Long.divideUnsigned(value, SIXTEEN);
      int next = first(out, at, high);
      return sixteen(out, next, value - high * SIXTEEN);
    }
    if (value < EIGHT) {
      return upToEight(out, at, value);
    }
    long high = eighths(value);
    int next = upToEight(out, at, high);
    WORD.set(out, next, eight(value - high * EIGHT));
    return next + 8;
  }

  /** Sixteen digits, zeros in front among them. */
  private static int sixteen(byte[] out, int at, long value) {
    long high = eighths(value);
    WORD.set(out, at, eight(high));
    WORD.set(out, at + 8, eight(value - high * EIGHT));
    return at + 16;
  }

  private static int upToEight(byte[] out, int at, long value) {
    if (value < FOUR) {
      return first(out, at, value);
    }
    long high = fourths(value);
    int next = first(out, at, high);
    HALF.set(out, next, TEXT[(int) (value - high * FOUR)]);
    return next + 4;
  }

  /** Up to four digits, without zeros in front. */
  private static int first(byte[] out, int at, long value) {
    int text = TEXT[(int) value];
    // the last digit counts in any case
    int zeros = Integer.numberOfTrailingZeros(text & (int) VALUES | 1 << 24) >>> 3;
    HALF.set(out, at, text >>> 8 * zeros);
    return at + 4 - zeros;
  }

  /**
   * Writes sixteen places of a fraction, but no zeros at their end.
   *
   * @param value in units of 10^-16, above 0 and below 10^16
   * @param out has room for 16 bytes
   * @return the place behind the last digit that is not zero
   */
  static int fraction(byte[] out, int at, long value) {
    long high = eighths(value);
    long first = eight(high);
    long second = eight(value - high * EIGHT);
    WORD.set(out, at, first);
    WORD.set(out, at + 8, second);
    return (second & VALUES) != 0
        ? at + 16 - (Long.numberOfLeadingZeros(second & VALUES) >>> 3)
        : at + 8 - (Long.numberOfLeadingZeros(first & VALUES) >>> 3);
  }

  /** Eight digits as bytes, the first one lowest. */
  private static long eight(long value) {
    long high = fourths(value);
    return (long) TEXT[(int) (value - high * FOUR)] << 32 | TEXT[(int) high];
  }

  /** The quotient of a number below 2^63 by 10^8: half as many operations as a division takes. */
  private static long eighths(long value) {
    return Math.multiplyHigh(value, 0x55E6_3B88_C230_E77FL) >>> 25;
  }

  /** The quotient of a number below 2^63 by 10. */
  static long tenth(long value) {
    return Math.multiplyHigh(value, 0x6666_6666_6666_6667L) >>> 2;
  }

  /** The quotient of a number below 10^8 by 10^4. */
  private static long fourths(long value) {
    return value * 109_951_163L >>> 40;
  }
}

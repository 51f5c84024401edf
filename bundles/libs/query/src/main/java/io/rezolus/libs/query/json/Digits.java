package io.rezolus.libs.query.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes whole numbers in decimal, eight digits at a time in one register. */
final class Digits {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EIGHT = 100_000_000L;
  private static final long ZEROS = 0x3030303030303030L;

  private Digits() {}

  /**
   * Writes an unsigned number.
   *
   * @param out has room for 24 bytes; some of those behind the number may be overwritten
   * @return the place behind the number
   */
  static int write(byte[] out, int at, long value) {
    if (value >= 0 && value < EIGHT) {
      return first(out, at, value);
    }
    long high = Long.divideUnsigned(value, EIGHT);
    int next = high < EIGHT ? first(out, at, high) : write(out, at, high);
    WORD.set(out, next, spread(value - high * EIGHT) | ZEROS);
    return next + 8;
  }

  /** Below 10^8, without zeros in front. */
  private static int first(byte[] out, int at, long value) {
    long digits = spread(value);
    int zeros = Long.numberOfTrailingZeros(digits | 1L << 56) >>> 3;
    WORD.set(out, at, (digits | ZEROS) >>> 8 * zeros);
    return at + 8 - zeros;
  }

  /** The eight digits of a number below 10^8 as bytes, the first one lowest. */
  private static long spread(long value) {
    // halves of 4 digits, then 4 quarters of 2, then 8 of 1; products with rounded-up reciprocals
    // in place of divisions
    long thousands = value / 10_000;
    long halves = thousands | value - 10_000 * thousands << 32;
    long hundreds = halves * 10_486 >>> 20 & 0x7F_0000_007FL;
    long quarters = halves - 100 * hundreds << 16 | hundreds;
    long tens = quarters * 103 >>> 10 & 0xF_000F_000F_000FL;
    return quarters - 10 * tens << 8 | tens;
  }
}

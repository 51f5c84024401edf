package io.rezolus.libs.recording.prometheus;

/** Integers that stand for a float: truncated, the nearest there is where out of range. */
final class Integers {
  private static final double TWO_63 = 0x1p63;
  private static final double TWO_64 = 0x1p64;

  private Integers() {}

  /** As an unsigned number; negative becomes 0. */
  static long unsigned(double value) {
    if (!(value > 0)) {
      return 0;
    }
    if (value >= TWO_64) {
      return -1L;
    }
    return value < TWO_63 ? (long) value : (long) (value - TWO_63) + Long.MIN_VALUE;
  }

  /** As a signed number. */
  static long signed(double value) {
    return (long) value;
  }
}

package io.rezolus.libs.recording.prometheus;

/**
 * Power of ten that a series' values are stored multiplied with, so that fractions survive in
 * integer columns. A series of integers has none; once a fraction was seen it stays scaled, and the
 * scale only ever shrinks, when a value would not fit.
 */
final class SeriesScale {
  private static final int DIGITS_MAX = 9;
  // leaves room for a series to grow a thousandfold and more before its scale changes
  private static final double ROOM = 1e13;

  private int digits;

  /** Takes note of a value; returns the number of decimal digits it is to be stored with. */
  int digits(double value) {
    double magnitude = Math.abs(value);
    if (digits == 0 && magnitude != Math.rint(magnitude)) {
      digits = DIGITS_MAX;
      while (digits > 0 && magnitude * power(digits) > ROOM) {
        digits--;
      }
    }
    while (digits > 0 && magnitude * power(digits) >= 0x1p63) {
      digits--;
    }
    return digits;
  }

  static double power(int digits) {
    double power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }
}

package io.rezolus.libs.query;

/** Powers of intervals, where these are an interval again. */
final class IntervalPower {
  private IntervalPower() {}

  /**
   * Sets the bounds of {@code [a, b] ^ [c, d]} at a step. A power of a positive base rises or falls
   * in each of its operands alone, so that its bounds are at corners; any other base has one for an
   * exponent that is a whole number, unless it may be zero and the exponent is negative.
   */
  static void apply(double a, double b, double c, double d, Band result, int step) {
    boolean whole = c == d && c == Math.rint(c);
    boolean aroundZero = a <= 0 && b >= 0;
    if (a > 0 || a == 0 && c > 0) {
      BandArithmetic.corners(BinaryOp.POW, a, b, c, d, result, step);
    } else if (!whole || aroundZero && c < 0) {
      result.set(step, Double.NaN, Double.NaN);
    } else if (aroundZero && c % 2 == 0) {
      double most = Math.max(BinaryOp.POW.apply(a, c), BinaryOp.POW.apply(b, c));
      result.set(step, c == 0 ? 1 : 0, most);
    } else {
      BandArithmetic.corners(BinaryOp.POW, a, b, c, c, result, step);
    }
  }
}

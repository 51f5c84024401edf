package io.rezolus.libs.query;

/**
 * Arithmetic on intervals, step by step. An exact number is an interval of no width. Rounding keeps
 * order, so the result of the values themselves is never outside.
 */
final class BandArithmetic {
  private BandArithmetic() {}

  /** Whether {@link #apply} knows what an operator does to intervals. */
  static boolean knows(BinaryOp op) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, MOD, POW -> true;
      default -> false;
    };
  }

  /**
   * Sets the bounds of {@code [a, b] op [c, d]} at a step; unknown where the divisor may be zero, a
   * bound is unknown, or the results are no interval.
   */
  static void apply(BinaryOp op, double a, double b, double c, double d, Band result, int step) {
    if (op == BinaryOp.DIV && c <= 0 && d >= 0) {
      result.set(step, Double.NaN, Double.NaN);
    } else if (op == BinaryOp.POW) {
      IntervalPower.apply(a, b, c, d, result, step);
    } else if (op == BinaryOp.MOD) {
      IntervalRemainder.apply(a, b, c, d, result, step);
    } else {
      corners(op, a, b, c, d, result, step);
    }
  }

  /** For what rises or falls in each operand alone. */
  static void corners(BinaryOp op, double a, double b, double c, double d, Band result, int step) {
    double p = op.apply(a, c);
    double q = op.apply(a, d);
    double r = op.apply(b, c);
    double s = op.apply(b, d);
    // of an unknown corner, both are no numbers
    result.set(
        step, Math.min(Math.min(p, q), Math.min(r, s)), Math.max(Math.max(p, q), Math.max(r, s)));
  }
}

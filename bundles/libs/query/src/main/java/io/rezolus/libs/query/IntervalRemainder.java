package io.rezolus.libs.query;

/** Remainders of intervals, which have the sign of the dividend. */
final class IntervalRemainder {
  /** Quotients above are not known to the last digit. */
  private static final double MOST = 1L << 50;

  private IntervalRemainder() {}

  /**
   * Sets the bounds of {@code [a, b] % [c, d]} at a step: as narrow as the operands where the
   * quotient is the same all over, else all that a remainder can be.
   */
  static void apply(double a, double b, double c, double d, Band result, int step) {
    double least = Math.min(Math.abs(c), Math.abs(d));
    double most = Math.max(Math.abs(c), Math.abs(d));
    if (c <= 0 && d >= 0 || Double.isNaN(least) || !Double.isFinite(a) || !Double.isFinite(b)) {
      result.set(step, Double.NaN, Double.NaN);
    } else if (a >= 0) {
      result.set(step, lower(a, b, least, most), upper(a, b, least, most));
    } else if (b <= 0) {
      result.set(step, -lower(-b, -a, least, most), -upper(-b, -a, least, most));
    } else {
      result.set(step, -upper(0, -a, least, most), upper(0, b, least, most));
    }
  }

  private static double lower(double from, double to, double least, double most) {
    return wraps(from, to, least, most) ? 0 : from % most;
  }

  private static double upper(double from, double to, double least, double most) {
    return wraps(from, to, least, most) ? Math.min(to, most) : to % least;
  }

  private static boolean wraps(double from, double to, double least, double most) {
    double first = Math.rint((from - from % most) / most);
    double last = Math.rint((to - to % least) / least);
    return first != last || last > MOST;
  }
}

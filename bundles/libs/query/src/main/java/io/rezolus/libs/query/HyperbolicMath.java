package io.rezolus.libs.query;

/** Functions that Java's Math lacks. */
final class HyperbolicMath {
  private HyperbolicMath() {}

  static double log2(double d) {
    if (d > 0 && !Double.isInfinite(d)) {
      int e = Math.getExponent(d);
      if (e >= Double.MIN_EXPONENT) {
        return e + Math.log(Math.scalb(d, -e)) / Math.log(2);
      }
    }
    return Math.log(d) / Math.log(2);
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double r =
        a > 1e8 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Double.isInfinite(x) ? x : Math.copySign(r, x);
  }

  static double acosh(double x) {
    return x > 1e8 ? Math.log(x) + Math.log(2) : Math.log(x + Math.sqrt(x * x - 1));
  }

  static double atanh(double x) {
    return 0.5 * Math.log1p(2 * x / (1 - x));
  }
}

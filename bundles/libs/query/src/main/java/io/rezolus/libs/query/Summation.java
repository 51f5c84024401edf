package io.rezolus.libs.query;

/** A compensated sum. Infinite and undefined inputs bypass the compensation. */
final class Summation {
  private double sum;
  private double lost;

  void add(double x) {
    double t = sum + x;
    if (Double.isInfinite(t)) {
      lost = 0;
    } else if (Math.abs(sum) >= Math.abs(x)) {
      lost += sum - t + x;
    } else {
      lost += x - t + sum;
    }
    sum = t;
  }

  double value() {
    return Double.isInfinite(sum) ? sum : sum + lost;
  }
}

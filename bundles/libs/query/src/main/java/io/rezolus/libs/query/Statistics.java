package io.rezolus.libs.query;

import java.util.Arrays;

/** Statistics of a handful of floats. */
final class Statistics {
  private Statistics() {}

  static double sum(double[] v) {
    Summation s = new Summation();
    for (double d : v) {
      s.add(d);
    }
    return s.value();
  }

  /** Mean that does not overflow where the sum would. */
  static double mean(double[] v) {
    Summation s = new Summation();
    for (double d : v) {
      s.add(d);
    }
    double sum = s.value();
    boolean finite = true;
    for (double d : v) {
      finite &= !Double.isInfinite(d) && !Double.isNaN(d);
    }
    if (!Double.isInfinite(sum) || !finite) {
      return sum / v.length;
    }
    Summation scaled = new Summation();
    for (double d : v) {
      scaled.add(d / v.length);
    }
    return scaled.value();
  }

  /** Population variance. */
  static double variance(double[] v) {
    double count = 0;
    double mean = 0;
    Summation squares = new Summation();
    Summation means = new Summation();
    for (double d : v) {
      count++;
      double delta = d - mean;
      means.add(delta / count);
      mean = means.value();
      squares.add(delta * (d - mean));
    }
    return squares.value() / count;
  }

  static double quantile(double q, double[] v) {
    if (v.length == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double[] s = sorted(v);
    double rank = q * (s.length - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(s.length - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return s[lower] * (1 - weight) + s[upper] * weight;
  }

  /** Ascending, with NaN first. */
  private static double[] sorted(double[] v) {
    double[] s = v.clone();
    Arrays.sort(s);
    int nan = s.length;
    while (nan > 0 && Double.isNaN(s[nan - 1])) {
      nan--;
    }
    double[] out = new double[s.length];
    Arrays.fill(out, 0, s.length - nan, Double.NaN);
    System.arraycopy(s, 0, out, s.length - nan, nan);
    return out;
  }

  /** Slope and value at {@code reference} of the least squares line; times in ns. */
  static double[] regression(long[] times, double[] v, long reference) {
    boolean constant = true;
    Summation x = new Summation();
    Summation y = new Summation();
    Summation xy = new Summation();
    Summation xx = new Summation();
    for (int i = 0; i < v.length; i++) {
      constant &= v[i] == v[0];
      double t = (times[i] - reference) / 1e9;
      x.add(t);
      y.add(v[i]);
      xy.add(t * v[i]);
      xx.add(t * t);
    }
    if (constant) {
      return Double.isInfinite(v[0])
          ? new double[] {Double.NaN, Double.NaN}
          : new double[] {0, v[0]};
    }
    double n = v.length;
    double cov = xy.value() - x.value() * y.value() / n;
    double var = xx.value() - x.value() * x.value() / n;
    double slope = cov / var;
    return new double[] {slope, y.value() / n - slope * x.value() / n};
  }
}

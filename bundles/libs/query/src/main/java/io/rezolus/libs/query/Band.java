package io.rezolus.libs.query;

import java.util.Arrays;

/**
 * Bounds of what the values of a series can be, given that nobody knows when within its acquisition
 * window a sample was taken. NaN where nothing is known.
 */
public record Band(double[] lower, double[] upper) {
  static Band unknown(int size) {
    double[] lower = new double[size];
    Arrays.fill(lower, Double.NaN);
    return new Band(lower, lower.clone());
  }

  boolean has(int i) {
    return !Double.isNaN(lower[i]);
  }

  /** Sets bounds in either order; bounds that are no numbers are unknown. */
  void set(int i, double a, double b) {
    boolean known = !Double.isNaN(a) && !Double.isNaN(b);
    lower[i] = known ? Math.min(a, b) : Double.NaN;
    upper[i] = known ? Math.max(a, b) : Double.NaN;
  }

  /**
   * The rows at which something is present; null where none of them has bounds. Sums of bounds are
   * rounded other than that of values, which are never outside.
   */
  Band rows(boolean[] present, double[] values) {
    double[] low = new double[lower.length];
    double[] high = new double[lower.length];
    int n = 0;
    boolean any = false;
    for (int t = 0; t < present.length; t++) {
      if (present[t]) {
        boolean has = has(t) && !Double.isNaN(values[t]);
        low[n] = has ? Math.min(lower[t], values[t]) : Double.NaN;
        high[n++] = has ? Math.max(upper[t], values[t]) : Double.NaN;
        any |= has;
      }
    }
    return any ? new Band(Arrays.copyOf(low, n), Arrays.copyOf(high, n)) : null;
  }
}

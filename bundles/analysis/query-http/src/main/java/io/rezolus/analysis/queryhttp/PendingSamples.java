package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Band;
import io.rezolus.libs.query.Samples;
import java.util.Arrays;

/** Samples of a series that are not drawn yet, with the bounds of their values. */
final class PendingSamples {
  private static final int KEPT = 4096;

  private long[] times = new long[16];
  private double[] values = new double[16];

  /** Null as long as no value has bounds. */
  private double[] lower;

  private double[] upper;
  private int size;

  /**
   * @param band null where no value has bounds
   */
  void add(Samples samples, Band band) {
    int n = samples.size();
    if (size + n > times.length) {
      resize(Math.max(size + n, Math.min(KEPT, 2 * times.length)));
    }
    if (band != null && lower == null) {
      lower = new double[times.length];
      upper = new double[times.length];
      Arrays.fill(lower, 0, size, Double.NaN);
      Arrays.fill(upper, 0, size, Double.NaN);
    }
    for (int i = 0; i < n; i++) {
      times[size + i] = samples.time(i);
      values[size + i] = samples.value(i);
      if (lower != null) {
        lower[size + i] = band == null ? Double.NaN : band.lower()[i];
        upper[size + i] = band == null ? Double.NaN : band.upper()[i];
      }
    }
    size += n;
  }

  /** Forgets the first {@code n}, and what room they took if it was much. */
  void forget(int n) {
    int rest = size - n;
    System.arraycopy(times, n, times, 0, rest);
    System.arraycopy(values, n, values, 0, rest);
    if (lower != null) {
      System.arraycopy(lower, n, lower, 0, rest);
      System.arraycopy(upper, n, upper, 0, rest);
    }
    size = rest;
    if (times.length > KEPT && 2 * rest < times.length) {
      resize(Math.max(16, rest));
    }
  }

  private void resize(int capacity) {
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
    if (lower != null) {
      lower = Arrays.copyOf(lower, capacity);
      upper = Arrays.copyOf(upper, capacity);
    }
  }

  /** Memory of those that are there. */
  long bytes() {
    return (lower == null ? 2L : 4L) * Long.BYTES * size;
  }

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  double value(int i) {
    return values[i];
  }

  /** NaN where it is not known. */
  double lower(int i) {
    return lower == null ? Double.NaN : lower[i];
  }

  double upper(int i) {
    return upper == null ? Double.NaN : upper[i];
  }
}

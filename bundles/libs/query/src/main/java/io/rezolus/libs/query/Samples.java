package io.rezolus.libs.query;

import java.util.Arrays;

/**
 * The samples of one series in time order, as columns. A row is a histogram where {@code
 * histograms} holds one, else an unsigned counter or a float.
 */
public final class Samples {
  /** Bit pattern of the marker that ends a series. */
  public static final long STALE_BITS = 0x7ff0000000000002L;

  /** The marker that ends a series. */
  public static final double STALE = Double.longBitsToDouble(STALE_BITS);

  final int size;
  final long[] times;
  final double[] floats;
  final long[] counters;
  final NativeHistogram[] histograms;
  final long[] starts;

  private Samples(
      int size,
      long[] times,
      double[] floats,
      long[] counters,
      NativeHistogram[] histograms,
      long[] starts) {
    this.size = size;
    this.times = times;
    this.floats = floats;
    this.counters = counters;
    this.histograms = histograms;
    this.starts = starts;
  }

  /** Floats at increasing times, ns since the epoch. */
  public static Samples gauges(long[] times, double[] values) {
    return new Samples(times.length, times, values, null, null, null);
  }

  /** Unsigned counters at increasing times, ns since the epoch. */
  public static Samples counters(long[] times, long[] values) {
    return new Samples(times.length, times, null, values, null, null);
  }

  /**
   * Floats and histograms at increasing times; a null histogram marks a float row. {@code starts}
   * is null or holds start times in ns, 0 for unknown.
   */
  public static Samples mixed(
      long[] times, double[] values, NativeHistogram[] histograms, long[] starts) {
    return new Samples(times.length, times, values, null, histograms, starts);
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** Time of row {@code i}, ns since the epoch. */
  public long time(int i) {
    return times[i];
  }

  /** Number in row {@code i}; meaningless for a histogram row. */
  public double value(int i) {
    if (floats != null) {
      return floats[i];
    }
    long c = counters[i];
    return c >= 0 ? c : (c >>> 1 | c & 1) * 2.0;
  }

  /** Histogram in row {@code i}, or null. */
  public NativeHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  long start(int i) {
    return starts == null ? 0 : starts[i];
  }

  /** Difference of two counter rows, exact before it becomes a float. */
  double difference(int from, int to) {
    if (counters == null) {
      return floats[to] - floats[from];
    }
    int order = Long.compareUnsigned(counters[to], counters[from]);
    long d = order >= 0 ? counters[to] - counters[from] : counters[from] - counters[to];
    double magnitude = d >= 0 ? d : (d >>> 1 | d & 1) * 2.0;
    return order >= 0 ? magnitude : -magnitude;
  }

  boolean decreases(int i) {
    return counters == null
        ? floats[i] < floats[i - 1]
        : Long.compareUnsigned(counters[i], counters[i - 1]) < 0;
  }

  boolean isStale(int i) {
    if (histograms != null && histograms[i] != null) {
      return histograms[i].isStale();
    }
    return floats != null && Double.doubleToRawLongBits(floats[i]) == STALE_BITS;
  }

  /** The same rows without the markers. */
  Samples withoutStale() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      n += isStale(i) ? 1 : 0;
    }
    if (n == 0) {
      return this;
    }
    long[] t = new long[size - n];
    double[] f = new double[size - n];
    NativeHistogram[] h = histograms == null ? null : new NativeHistogram[size - n];
    long[] s = starts == null ? null : new long[size - n];
    int o = 0;
    for (int i = 0; i < size; i++) {
      if (isStale(i)) {
        continue;
      }
      t[o] = times[i];
      f[o] = floats[i];
      if (h != null) {
        h[o] = histograms[i];
      }
      if (s != null) {
        s[o] = starts[i];
      }
      o++;
    }
    return new Samples(o, t, f, null, h, s);
  }

  /** First row later than a time. */
  int after(long time) {
    int i = Arrays.binarySearch(times, 0, size, time);
    return i < 0 ? -i - 1 : i + 1;
  }
}

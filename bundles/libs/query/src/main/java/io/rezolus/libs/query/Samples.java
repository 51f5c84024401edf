package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.List;

/**
 * The samples of one series in time order, as columns. A row is a histogram where {@code
 * histograms} holds one, else an unsigned counter or a float; in an H2 series every row is a
 * cumulative H2 histogram.
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
  final H2Rows h2;

  /** Times at which the series was seen to be gone, ascending; null when it never was. */
  final long[] ends;

  private volatile int monotone;

  private Samples(
      int size,
      long[] times,
      double[] floats,
      long[] counters,
      NativeHistogram[] histograms,
      long[] starts,
      H2Rows h2,
      long[] ends) {
    this.size = size;
    this.times = times;
    this.floats = floats;
    this.counters = counters;
    this.histograms = histograms;
    this.starts = starts;
    this.h2 = h2;
    this.ends = ends;
  }

  /** Floats at increasing times, ns since the epoch. */
  public static Samples gauges(long[] times, double[] values) {
    return gauges(times, values, null);
  }

  /** Unsigned counters at increasing times, ns since the epoch. */
  public static Samples counters(long[] times, long[] values) {
    return counters(times, values, null);
  }

  /**
   * Floats at increasing times.
   *
   * @param ends times at which the series was seen to be gone, ascending; null for none
   */
  public static Samples gauges(long[] times, double[] values, long[] ends) {
    return new Samples(times.length, times, values, null, null, null, null, ends);
  }

  /**
   * Unsigned counters at increasing times.
   *
   * @param ends times at which the series was seen to be gone, ascending; null for none
   */
  public static Samples counters(long[] times, long[] values, long[] ends) {
    return new Samples(times.length, times, null, values, null, null, null, ends);
  }

  /**
   * Cumulative H2 histograms at increasing times.
   *
   * @param ends times at which the series was seen to be gone, ascending; null for none
   */
  public static Samples h2(long[] times, H2Rows rows, long[] ends) {
    return new Samples(times.length, times, null, null, null, null, rows, ends);
  }

  /**
   * Floats and histograms at increasing times; a null histogram marks a float row. {@code starts}
   * is null or holds start times in ns, 0 for unknown.
   */
  public static Samples mixed(
      long[] times, double[] values, NativeHistogram[] histograms, long[] starts) {
    return new Samples(times.length, times, values, null, histograms, starts, null, null);
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
    if (counters == null) {
      return Double.NaN;
    }
    long c = counters[i];
    return c >= 0 ? c : (c >>> 1 | c & 1) * 2.0;
  }

  /** Histogram in row {@code i}, or null. */
  public NativeHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  /** The H2 histograms of all rows, or null. */
  public H2Rows h2() {
    return h2;
  }

  /** Memory that the columns take, in bytes. */
  public long bytes() {
    long columns = (floats == null ? 0 : 1) + (counters == null ? 0 : 1) + (starts == null ? 0 : 1);
    long histogram = histograms == null ? 0 : 512L * size;
    return 8L * size * (1 + columns) + histogram + (h2 == null ? 0 : h2.bytes());
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

  /** Whether no row is smaller than the one before it; found once. */
  boolean isMonotone() {
    if (monotone == 0) {
      boolean rises = true;
      for (int i = 1; i < size && rises; i++) {
        rises = !decreases(i);
      }
      monotone = rises ? 1 : 2;
    }
    return monotone == 1;
  }

  /** The same rows without the markers. */
  Samples withoutStale() {
    if (floats == null) {
      return this;
    }
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
    return new Samples(o, t, f, null, h, s, null, null);
  }

  /**
   * What has to be equal for samples to be spliced. Numbers are of one kind, whether they were
   * recorded as integers or with fractions.
   */
  public Object kind() {
    return h2 != null ? h2.config() : histograms != null || starts != null ? this : "number";
  }

  /**
   * Several series of one kind as one, rows in time order; of rows at one time the earliest series
   * wins. Rows that end a series count only where no other goes on.
   */
  public static Samples splice(List<Samples> parts) {
    return parts.size() == 1 ? parts.get(0) : new Splice(parts).samples();
  }

  /** First row later than a time. */
  int after(long time) {
    int i = Arrays.binarySearch(times, 0, size, time);
    return i < 0 ? -i - 1 : i + 1;
  }
}

package io.rezolus.libs.query;

import io.rezolus.libs.histogram.HistogramConfig;
import java.util.Arrays;
import java.util.List;

/**
 * Cumulative H2 histograms, one a row, in one array. Only buckets that some row uses are held.
 * Counts are unsigned; those that a subquery worked out are floats.
 */
public final class H2Rows {
  final HistogramConfig config;

  /** Buckets that are held, ascending. */
  final int[] buckets;

  /** {@code buckets.length} counts a row. */
  final long[] counts;

  /** As {@code counts}, which is null then. */
  final double[] floats;

  final int rows;
  private double[] totals;
  private int[] resets;
  private boolean searched;

  private H2Rows(HistogramConfig config, int[] buckets, long[] counts, double[] floats, int rows) {
    this.floats = floats;
    this.config = config;
    this.buckets = buckets;
    this.counts = counts;
    this.rows = rows;
  }

  /** From rows with a count for every bucket; none may be null. */
  public static H2Rows of(HistogramConfig config, List<long[]> dense) {
    int total = config.bucketCount();
    boolean[] used = new boolean[total];
    int n = 0;
    for (long[] row : dense) {
      for (int b = 0; b < total; b++) {
        if (row[b] != 0 && !used[b]) {
          used[b] = true;
          n++;
        }
      }
    }
    int[] buckets = indexes(used, n);
    long[] counts = new long[Math.multiplyExact(dense.size(), n)];
    int at = 0;
    for (long[] row : dense) {
      for (int b : buckets) {
        counts[at++] = row[b];
      }
    }
    return new H2Rows(config, buckets, counts, null, dense.size());
  }

  /**
   * Rows picked from several of one layout.
   *
   * @param part for each new row the one it comes from
   * @param row for each new row its place there
   */
  static H2Rows join(List<H2Rows> parts, int[] part, int[] row) {
    HistogramConfig config = parts.get(0).config;
    boolean[] used = new boolean[config.bucketCount()];
    int n = 0;
    for (H2Rows p : parts) {
      for (int b : p.buckets) {
        n += used[b] ? 0 : 1;
        used[b] = true;
      }
    }
    int[] buckets = indexes(used, n);
    int[][] places = new int[parts.size()][];
    for (int i = 0; i < places.length; i++) {
      places[i] = places(parts.get(i).buckets, buckets);
    }
    long[] counts = new long[Math.multiplyExact(row.length, n)];
    for (int i = 0; i < row.length; i++) {
      H2Rows p = parts.get(part[i]);
      int[] place = places[part[i]];
      int from = row[i] * place.length;
      for (int k = 0; k < place.length; k++) {
        counts[i * n + place[k]] = p.counts[from + k];
      }
    }
    return new H2Rows(config, buckets, counts, null, row.length);
  }

  /** The steps that have a histogram. */
  static H2Rows of(H2Steps h) {
    int n = h.width();
    int rows = 0;
    for (boolean p : h.present) {
      rows += p ? 1 : 0;
    }
    double[] floats = new double[rows * n];
    int row = 0;
    for (int t = 0; t < h.present.length; t++) {
      if (h.present[t]) {
        System.arraycopy(h.counts, t * n, floats, row++ * n, n);
      }
    }
    return new H2Rows(h.config, h.buckets, null, floats, rows);
  }

  /** Rows with their bounds made explicit. */
  NativeHistogram[] explicit(int from, int to) {
    H2Steps one = new H2Steps(config, buckets, 1);
    NativeHistogram[] out = new NativeHistogram[to - from];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < buckets.length; k++) {
        one.counts[k] = count((from + i) * buckets.length + k);
      }
      out[i] = one.explicit(0);
    }
    return out;
  }

  double count(int i) {
    return counts == null ? floats[i] : unsigned(counts[i]);
  }

  private boolean less(int i, int than) {
    return counts == null
        ? floats[i] < floats[than]
        : Long.compareUnsigned(counts[i], counts[than]) < 0;
  }

  private static int[] indexes(boolean[] used, int n) {
    int[] out = new int[n];
    int at = 0;
    for (int b = 0; b < used.length; b++) {
      if (used[b]) {
        out[at++] = b;
      }
    }
    return out;
  }

  /** Positions of buckets among others that contain them. */
  static int[] places(int[] buckets, int[] among) {
    int[] out = new int[buckets.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Arrays.binarySearch(among, buckets[i]);
    }
    return out;
  }

  /** How the buckets are laid out. */
  public HistogramConfig config() {
    return config;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  long bytes() {
    return 8L * rows * buckets.length + 8L * rows + 4L * buckets.length;
  }

  /** Number of values counted in each row. */
  synchronized double[] totals() {
    if (totals == null) {
      double[] sums = new double[rows];
      for (int i = 0, at = 0; i < rows; i++) {
        double sum = 0;
        for (int end = at + buckets.length; at < end; at++) {
          sum += count(at);
        }
        sums[i] = sum;
      }
      totals = sums;
    }
    return totals;
  }

  /** How many restarts there were up to each row; null when there was none. */
  synchronized int[] resets() {
    if (!searched) {
      int n = buckets.length;
      for (int i = 1; i < rows; i++) {
        boolean less = false;
        for (int k = i * n; k < (i + 1) * n && !less; k++) {
          less = less(k, k - n);
        }
        if (less && resets == null) {
          resets = new int[rows];
        }
        if (resets != null) {
          resets[i] = resets[i - 1] + (less ? 1 : 0);
        }
      }
      searched = true;
    }
    return resets;
  }

  /** Rows that differ from the one before them, of those after {@code from}. */
  int changes(int from, int to) {
    int n = buckets.length;
    int changes = 0;
    for (int i = from + 1; i < to; i++) {
      boolean same = true;
      for (int k = i * n; k < (i + 1) * n && same; k++) {
        same = count(k) == count(k - n);
      }
      changes += same ? 0 : 1;
    }
    return changes;
  }

  /** Smallest value of the bucket that has {@code edge} as its largest, as floats have it. */
  static double bucketStart(HistogramConfig config, double edge) {
    int bucket =
        config.index(edge >= 0x1p63 ? edge >= 0x1p64 ? -1 : (long) (edge / 2) * 2 : (long) edge);
    boolean next = bucket > 0 && unsigned(config.lower(bucket)) == edge;
    // an edge above 2^53 becomes the float of the next bucket's start
    boolean rounded = next && unsigned(config.upper(bucket)) != edge;
    return unsigned(config.lower(rounded ? bucket - 1 : bucket));
  }

  static double unsigned(long c) {
    return c >= 0 ? c : (c >>> 1 | c & 1) * 2.0;
  }
}

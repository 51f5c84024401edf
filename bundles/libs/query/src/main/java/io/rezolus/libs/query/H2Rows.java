package io.rezolus.libs.query;

import io.rezolus.libs.histogram.HistogramConfig;
import java.util.Arrays;
import java.util.List;

/**
 * Cumulative H2 histograms, one a row, in one array. Only buckets that some row uses are held.
 * Counts are unsigned.
 */
public final class H2Rows {
  final HistogramConfig config;

  /** Buckets that are held, ascending. */
  final int[] buckets;

  /** {@code buckets.length} counts a row. */
  final long[] counts;

  final int rows;
  private double[] totals;

  private H2Rows(HistogramConfig config, int[] buckets, long[] counts, int rows) {
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
    return new H2Rows(config, buckets, counts, dense.size());
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
    return new H2Rows(config, buckets, counts, row.length);
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
    return 8L * counts.length + 8L * rows + 4L * buckets.length;
  }

  /** Number of values counted in each row. */
  synchronized double[] totals() {
    if (totals == null) {
      double[] sums = new double[rows];
      for (int i = 0, at = 0; i < rows; i++) {
        double sum = 0;
        for (int end = at + buckets.length; at < end; at++) {
          sum += unsigned(counts[at]);
        }
        sums[i] = sum;
      }
      totals = sums;
    }
    return totals;
  }

  static double unsigned(long c) {
    return c >= 0 ? c : (c >>> 1 | c & 1) * 2.0;
  }
}

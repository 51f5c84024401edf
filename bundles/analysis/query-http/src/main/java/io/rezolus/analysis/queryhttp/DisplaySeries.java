package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Band;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.util.Arrays;

/**
 * A series as it is drawn: per bucket the least and the greatest value, the edges of a band, median
 * and mean. Where buckets without a sample lie between others, one row of NaN marks the gap.
 */
final class DisplaySeries {
  /** Names of the columns of every series, in order. */
  static final String[] COLUMNS = {"t", "min", "lo", "median", "hi", "max", "mean"};

  /** Names of those that follow where bounds of the values are known. */
  static final String[] BOUNDS = {"uncLo", "uncHi"};

  private static final int TIME = 0;
  private static final int MIN = 1;
  private static final int LOW = 2;
  private static final int MEDIAN = 3;
  private static final int HIGH = 4;
  private static final int MAX = 5;
  private static final int MEAN = 6;
  private static final int LOWER = 7;
  private static final int UPPER = 8;

  private final Labels labels;
  private final int rawPoints;
  private final long bucketNanos;
  private final DisplayOptions options;
  private final Band band;
  private double[][] columns;
  private int rows;

  private DisplaySeries(
      QueryResult.Series series, long bucketNanos, DisplayOptions options, int capacity) {
    labels = series.labels();
    rawPoints = series.samples().size();
    band = series.band();
    this.bucketNanos = bucketNanos;
    this.options = options;
    columns = new double[COLUMNS.length + (band == null ? 0 : BOUNDS.length)][capacity];
  }

  /**
   * Reduces a series of numbers.
   *
   * @param step distance of two samples that follow each other, ns
   */
  static DisplaySeries of(QueryResult.Series series, long step, DisplayOptions options) {
    Samples samples = series.samples();
    int n = samples.size();
    int budget = options.points() == 0 || n <= options.points() ? 0 : options.points();
    if (budget == 0) {
      DisplaySeries raw = new DisplaySeries(series, 0, options, n + 16);
      raw.copy(samples, step);
      return raw;
    }
    // fewer buckets than pixels where they would hold too few samples to say something
    int buckets = Math.max(1, Math.min(budget, (n + 4) / 5));
    long width =
        Math.max(BucketWidth.covering(samples.time(0), samples.time(n - 1), buckets), step);
    DisplaySeries reduced = new DisplaySeries(series, width, options, buckets + 16);
    reduced.reduce(samples);
    return reduced;
  }

  Labels labels() {
    return labels;
  }

  /** Samples there were before. */
  int rawPoints() {
    return rawPoints;
  }

  boolean decimated() {
    return bucketNanos > 0;
  }

  /** Width of a bucket, ns; 0 where rows are samples. */
  long bucketNanos() {
    return bucketNanos;
  }

  int rows() {
    return rows;
  }

  /** Whether bounds of the values are known. */
  boolean bounded() {
    return band != null;
  }

  int columns() {
    return columns.length;
  }

  /** Row {@code i} of a column; times are seconds since the epoch. */
  double value(int column, int i) {
    return columns[column][i];
  }

  /** Whether all samples are where the reader expects them, up to one and a half steps apart. */
  private void copy(Samples samples, long step) {
    for (int i = 0; i < samples.size(); i++) {
      if (i > 0 && samples.time(i) - samples.time(i - 1) > step + step / 2) {
        gap(samples.time(i - 1) + step);
      }
      int row = newRow(samples.time(i));
      for (int column = MIN; column <= MEAN; column++) {
        columns[column][row] = samples.value(i);
      }
      if (band != null) {
        columns[LOWER][row] = band.lower()[i];
        columns[UPPER][row] = band.upper()[i];
      }
    }
  }

  private void reduce(Samples samples) {
    double[] inside = new double[64];
    int from = 0;
    long previous = Long.MIN_VALUE;
    while (from < samples.size()) {
      long start = Math.floorDiv(samples.time(from), bucketNanos) * bucketNanos;
      int to = from;
      while (to < samples.size() && samples.time(to) - start < bucketNanos) {
        to++;
      }
      if (inside.length < to - from) {
        inside = new double[2 * (to - from)];
      }
      if (previous != Long.MIN_VALUE && start - previous > bucketNanos) {
        gap(previous + bucketNanos);
      }
      bucket(start, samples, from, to, inside);
      previous = start;
      from = to;
    }
  }

  private void bucket(long start, Samples samples, int from, int to, double[] inside) {
    int n = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double value = samples.value(i);
      if (!Double.isNaN(value)) {
        inside[n++] = value;
        sum += value;
      }
    }
    int row = newRow(start);
    if (n == 0) {
      clear(row);
      return;
    }
    Arrays.sort(inside, 0, n);
    columns[MIN][row] = inside[0];
    columns[LOW][row] = quantile(inside, n, options.low());
    columns[MEDIAN][row] = quantile(inside, n, 0.5);
    columns[HIGH][row] = quantile(inside, n, options.high());
    columns[MAX][row] = inside[n - 1];
    columns[MEAN][row] = sum / n;
    if (band != null) {
      columns[LOWER][row] = median(band.lower(), from, to, inside);
      columns[UPPER][row] = median(band.upper(), from, to, inside);
    }
  }

  private static double median(double[] edges, int from, int to, double[] inside) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(edges[i])) {
        inside[n++] = edges[i];
      }
    }
    Arrays.sort(inside, 0, n);
    return n == 0 ? Double.NaN : quantile(inside, n, 0.5);
  }

  private static double quantile(double[] sorted, int n, double q) {
    double rank = q * (n - 1);
    int below = (int) rank;
    double fraction = rank - below;
    // not interpolated where the value is met: infinity times zero would be no number
    return fraction == 0
        ? sorted[below]
        : sorted[below] * (1 - fraction) + sorted[below + 1] * fraction;
  }

  private void gap(long time) {
    clear(newRow(time));
  }

  private void clear(int row) {
    for (int column = MIN; column < columns.length; column++) {
      columns[column][row] = Double.NaN;
    }
  }

  private int newRow(long time) {
    if (rows == columns[TIME].length) {
      for (int column = 0; column < columns.length; column++) {
        columns[column] = Arrays.copyOf(columns[column], 2 * rows);
      }
    }
    columns[TIME][rows] = time / 1e9;
    return rows++;
  }
}

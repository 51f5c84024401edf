package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

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
  private final TimeRange range;
  private final DisplayOptions options;
  private final PendingSamples pending = new PendingSamples();
  private double[][] columns = new double[COLUMNS.length][16];
  private int rows;
  private int rawPoints;
  private long bucketNanos;
  private long previous = Long.MIN_VALUE;
  private double[] inside = new double[64];

  /** A series without samples. */
  DisplaySeries(Labels labels, TimeRange range, DisplayOptions options) {
    this.labels = labels;
    this.range = range;
    this.options = options;
  }

  /** Takes over numbers that follow those before. */
  void add(QueryResult.Series series) {
    pending.add(series.samples(), series.band());
    rawPoints += series.samples().size();
    if (series.band() != null && !bounded()) {
      bound();
    }
    if (bucketNanos == 0 && options.points() > 0 && rawPoints > options.points()) {
      bucketNanos = width();
    }
    if (bucketNanos > 0) {
      reduce(false);
    }
  }

  /** As wide for all series of a picture, so that their buckets are above each other. */
  private long width() {
    // fewer buckets than pixels where they would hold too few samples to say something
    long useful = Math.max(1, (range.steps() + 4) / 5);
    int buckets = (int) Math.min(options.points(), useful);
    return Math.max(BucketWidth.covering(range.start(), range.end(), buckets), range.step());
  }

  /** Takes over what is left, after the last samples. */
  void finish() {
    if (bucketNanos > 0) {
      reduce(true);
    } else {
      copy();
    }
  }

  private void bound() {
    int known = columns.length;
    columns = Arrays.copyOf(columns, known + BOUNDS.length);
    for (int column = known; column < columns.length; column++) {
      columns[column] = new double[columns[TIME].length];
      Arrays.fill(columns[column], Double.NaN);
    }
  }

  /** Memory it takes; a series without samples counts as none. */
  long bytes() {
    return (long) Double.BYTES * columns.length * Math.max(rows, pending.size()) + pending.bytes();
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
    return columns.length > COLUMNS.length;
  }

  int columns() {
    return columns.length;
  }

  /** Row {@code i} of a column; times are seconds since the epoch. */
  double value(int column, int i) {
    return columns[column][i];
  }

  /** Rows that are samples; where the next is more than one and a half steps away is a gap. */
  private void copy() {
    long step = range.step();
    for (int i = 0; i < pending.size(); i++) {
      if (previous != Long.MIN_VALUE && pending.time(i) - previous > step + step / 2) {
        gap(previous + step);
      }
      previous = pending.time(i);
      int row = newRow(previous);
      for (int column = MIN; column <= MEAN; column++) {
        columns[column][row] = pending.value(i);
      }
      if (bounded()) {
        columns[LOWER][row] = pending.lower(i);
        columns[UPPER][row] = pending.upper(i);
      }
    }
    pending.forget(pending.size());
  }

  /**
   * @param all whether the last bucket is full, too
   */
  private void reduce(boolean all) {
    int from = 0;
    while (from < pending.size()) {
      long start = Math.floorDiv(pending.time(from), bucketNanos) * bucketNanos;
      int to = from;
      while (to < pending.size() && pending.time(to) - start < bucketNanos) {
        to++;
      }
      if (to == pending.size() && !all) {
        break;
      }
      if (inside.length < to - from) {
        inside = new double[2 * (to - from)];
      }
      if (previous != Long.MIN_VALUE && start - previous > bucketNanos) {
        gap(previous + bucketNanos);
      }
      bucket(start, from, to);
      previous = start;
      from = to;
    }
    pending.forget(from);
  }

  private void bucket(long start, int from, int to) {
    int n = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double value = pending.value(i);
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
    if (bounded()) {
      columns[LOWER][row] = median(pending::lower, from, to);
      columns[UPPER][row] = median(pending::upper, from, to);
    }
  }

  private double median(IntToDoubleFunction edges, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      double edge = edges.applyAsDouble(i);
      if (!Double.isNaN(edge)) {
        inside[n++] = edge;
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

package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Samples;
import java.util.Arrays;

/** One row of a grid: what is to be seen of a series in each column of time. */
final class GridRow {
  private final GridCell cell;
  private final long start;
  private final long width;
  private final double[] cells;
  private int column = -1;
  private double sum;
  private double min;
  private double max;
  private int count;

  /**
   * A row without samples.
   *
   * @param start of the first column, ns since the epoch
   * @param width of a column, ns
   */
  GridRow(GridCell cell, long start, long width, int columns) {
    this.cell = cell;
    this.start = start;
    this.width = width;
    cells = new double[columns];
    Arrays.fill(cells, Double.NaN);
  }

  /** Takes over numbers that follow those before. */
  void add(Samples samples) {
    long end = start + (column + 1L) * width;
    for (int i = 0; i < samples.size(); i++) {
      if (column < 0 || samples.time(i) >= end) {
        column = (int) Long.divideUnsigned(samples.time(i) - start, width);
        end = start + (column + 1L) * width;
        sum = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        count = 0;
      }
      double value = samples.value(i);
      if (!Double.isNaN(value)) {
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        cells[column] = cell.of(sum, min, max, ++count);
      }
    }
  }

  /** A number for each column, NaN where there is no sample. */
  double[] cells() {
    return cells;
  }
}

package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many series as one picture: a row for each, columns of time of the same width for all, and a
 * number where they meet, NaN where there is no sample. As JSON, or in the compact form: length of
 * a JSON header as 32 bits, the header, zeros up to a multiple of eight bytes, then the cells of
 * one row after the other as doubles; all numbers little-endian.
 */
final class DisplayGrid {
  private final List<QueryResult.Series> rows;
  private final GridCell cell;
  private final long start;
  private final long width;
  private final int columns;
  private final double[] cells;

  private DisplayGrid(
      List<QueryResult.Series> rows, GridCell cell, long start, long width, int columns) {
    this.rows = rows;
    this.cell = cell;
    this.start = start;
    this.width = width;
    this.columns = columns;
    cells = new double[rows.size() * columns];
  }

  /**
   * Reduces an answer.
   *
   * @param points most columns; 0 for one per step
   * @param maxBytes memory the cells may take
   */
  static DisplayGrid of(
      QueryResult result, TimeRange range, int points, GridCell cell, long maxBytes)
      throws ApiException {
    if (!(result instanceof QueryResult.Matrix matrix)) {
      throw ApiException.badData("invalid parameter \"format\": the answer is not made of series");
    }
    DisplayBody.requireNumbers(matrix.series());
    boolean whole = points == 0 || range.steps() <= points;
    long width =
        whole
            ? range.step()
            : Math.max(range.step(), BucketWidth.covering(range.start(), range.end(), points));
    // a column that holds one step begins with it, others at a multiple of their width
    long start = whole ? range.start() : Math.floorDiv(range.start(), width) * width;
    long columns = Long.divideUnsigned(range.end() - start, width) + 1;
    if (columns > maxBytes / Double.BYTES / Math.max(1, matrix.series().size())) {
      throw new ApiException(
          422,
          "execution",
          matrix.series().size()
              + " rows of "
              + columns
              + " columns are more than an answer may hold; ask for fewer points or aggregate");
    }
    List<QueryResult.Series> rows = new ArrayList<>(matrix.series());
    rows.sort((a, b) -> compare(a.labels(), b.labels()));
    DisplayGrid grid = new DisplayGrid(rows, cell, start, width, (int) columns);
    for (int row = 0; row < rows.size(); row++) {
      grid.fill(row, rows.get(row).samples());
    }
    return grid;
  }

  /** By labels, values that are whole numbers by their size: CPU 10 comes after CPU 9. */
  private static int compare(Labels a, Labels b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      boolean comparable = a.name(i).equals(b.name(i)) && !a.value(i).equals(b.value(i));
      if (comparable && isNumber(a.value(i)) && isNumber(b.value(i))) {
        return Long.compare(Long.parseLong(a.value(i)), Long.parseLong(b.value(i)));
      }
      if (!a.name(i).equals(b.name(i)) || comparable) {
        break;
      }
    }
    return a.compareTo(b);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 18
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void fill(int row, Samples samples) {
    int base = row * columns;
    Arrays.fill(cells, base, base + columns, Double.NaN);
    int i = 0;
    while (i < samples.size()) {
      long column = Long.divideUnsigned(samples.time(i) - start, width);
      long end = start + (column + 1) * width;
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (; i < samples.size() && samples.time(i) < end; i++) {
        double value = samples.value(i);
        if (!Double.isNaN(value)) {
          sum += value;
          min = Math.min(min, value);
          max = Math.max(max, value);
          count++;
        }
      }
      if (count > 0) {
        cells[base + (int) column] = cell.of(sum, min, max, count);
      }
    }
  }

  /** The value of {@code data}; NaN and infinities are null. */
  void json(JsonBytes json) throws IOException {
    describe(json);
    json.raw(",\"cells\":[");
    for (int row = 0; row < rows.size(); row++) {
      json.raw(row == 0 ? "[" : ",[");
      for (int column = 0; column < columns; column++) {
        if (column > 0) {
          json.raw(',');
        }
        json.number(cells[row * columns + column]);
      }
      json.raw(']');
    }
    json.raw("]}");
  }

  void binary(OutputStream out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    JsonBytes header = new JsonBytes(bytes);
    describe(header);
    header.raw('}').flush();
    DisplayBody.header(bytes.toByteArray(), out);
    ByteBuffer row = ByteBuffer.allocate(Double.BYTES * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows.size(); i++) {
      row.asDoubleBuffer().put(cells, i * columns, columns);
      out.write(row.array());
    }
  }

  private void describe(JsonBytes json) throws IOException {
    double[] finite = Arrays.stream(cells).filter(Double::isFinite).toArray();
    json.raw("{\"resultType\":\"grid\",\"cell\":").string(cell.text);
    json.raw(",\"start\":").number(start / 1e9);
    json.raw(",\"bucketWidth\":").number(width / 1e9);
    json.raw(",\"columns\":").number((long) columns);
    json.raw(",\"minValue\":").number(Arrays.stream(finite).min().orElse(Double.NaN));
    json.raw(",\"maxValue\":").number(Arrays.stream(finite).max().orElse(Double.NaN));
    json.raw(",\"rows\":[");
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      ResultJson.labels(json, rows.get(i).labels());
    }
    json.raw(']');
  }
}

package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many series as one picture: a row for each, columns of time of the same width for all, and a
 * number where they meet, NaN where there is no sample. As JSON, or in the compact form: length of
 * a JSON header as 32 bits, the header, zeros up to a multiple of eight bytes, then the cells of
 * one row after the other as doubles; all numbers little-endian.
 */
final class DisplayGrid implements Picture {
  private final GridCell cell;
  private final long start;
  private final long width;
  private final long columns;
  private final long maxBytes;
  private final Map<Labels, GridRow> rows = new TreeMap<>(DisplayGrid::compare);

  /**
   * A grid without rows.
   *
   * @param points most columns; 0 for one per step
   * @param maxBytes memory the cells may take
   */
  DisplayGrid(TimeRange range, int points, GridCell cell, long maxBytes) {
    this.cell = cell;
    this.maxBytes = maxBytes;
    boolean whole = points == 0 || range.steps() <= points;
    width =
        whole
            ? range.step()
            : Math.max(range.step(), BucketWidth.covering(range.start(), range.end(), points));
    // a column that holds one step begins with it, others at a multiple of their width
    start = whole ? range.start() : Math.floorDiv(range.start(), width) * width;
    columns = Long.divideUnsigned(range.end() - start, width) + 1;
  }

  @Override
  public void add(QueryResult piece) throws ApiException {
    if (!(piece instanceof QueryResult.Matrix matrix)) {
      throw ApiException.badData("invalid parameter \"format\": the answer is not made of series");
    }
    DisplayBody.requireNumbers(matrix.series());
    long added = matrix.series().stream().filter(s -> !rows.containsKey(s.labels())).count();
    if (columns > maxBytes / Double.BYTES / Math.max(1, rows.size() + added)) {
      throw new ApiException(
          422,
          "execution",
          rows.size()
              + added
              + " rows of "
              + columns
              + " columns are more than an answer may hold; ask for fewer points or aggregate");
    }
    for (QueryResult.Series one : matrix.series()) {
      rows.computeIfAbsent(one.labels(), labels -> new GridRow(cell, start, width, (int) columns))
          .add(one.samples());
    }
  }

  @Override
  public long bytes() {
    return Double.BYTES * columns * rows.size();
  }

  /** By labels; values that are whole numbers come first and by their size: 10 after 9. */
  private static int compare(Labels a, Labels b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.name(i).equals(b.name(i))) {
        break;
      }
      if (!a.value(i).equals(b.value(i))) {
        boolean first = isNumber(a.value(i));
        boolean second = isNumber(b.value(i));
        int order =
            first && second
                ? Long.compare(Long.parseLong(a.value(i)), Long.parseLong(b.value(i)))
                : Boolean.compare(second, first);
        return order != 0 ? order : a.compareTo(b);
      }
    }
    return a.compareTo(b);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 18
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public void json(JsonBytes json) throws IOException {
    describe(json);
    json.raw(",\"cells\":[");
    String separator = "[";
    for (GridRow row : rows.values()) {
      json.raw(separator);
      separator = ",[";
      double[] cells = row.cells();
      for (int column = 0; column < cells.length; column++) {
        if (column > 0) {
          json.raw(',');
        }
        json.number(cells[column]);
      }
      json.raw(']');
    }
    json.raw("]}");
  }

  @Override
  public void binary(OutputStream out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    JsonBytes header = new JsonBytes(bytes);
    describe(header);
    header.raw('}').flush();
    DisplayBody.header(bytes.toByteArray(), out);
    ByteBuffer body =
        ByteBuffer.allocate((int) (Double.BYTES * columns)).order(ByteOrder.LITTLE_ENDIAN);
    for (GridRow row : rows.values()) {
      body.asDoubleBuffer().put(row.cells());
      out.write(body.array());
    }
  }

  private void describe(JsonBytes json) throws IOException {
    double[] range =
        rows.values().stream()
            .flatMapToDouble(row -> Arrays.stream(row.cells()))
            .filter(Double::isFinite)
            .collect(
                () -> new double[] {Double.NaN, Double.NaN},
                (edges, v) -> {
                  edges[0] = edges[0] <= v ? edges[0] : v;
                  edges[1] = edges[1] >= v ? edges[1] : v;
                },
                (a, b) -> {});
    json.raw("{\"resultType\":\"grid\",\"cell\":").string(cell.text);
    json.raw(",\"start\":").number(start / 1e9);
    json.raw(",\"bucketWidth\":").number(width / 1e9);
    json.raw(",\"columns\":").number(columns);
    json.raw(",\"minValue\":").number(range[0]);
    json.raw(",\"maxValue\":").number(range[1]);
    json.raw(",\"rows\":[");
    String separator = "";
    for (Labels labels : rows.keySet()) {
      json.raw(separator);
      separator = ",";
      ResultJson.labels(json, labels);
    }
    json.raw(']');
  }
}

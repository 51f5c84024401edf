package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Buckets;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Series to be drawn, as JSON or in the compact form: length of a JSON header as 32 bits, the
 * header, zeros up to a multiple of eight bytes, then the columns of one series after the other as
 * doubles; all numbers little-endian.
 */
final class DisplayBody implements Picture {
  static final String BINARY = "application/octet-stream";
  private static final int CHUNK = 1 << 16;

  private final Map<Labels, DisplaySeries> series = new TreeMap<>();
  private final DisplayOptions options;
  private final TimeRange range;
  private final long maxBytes;
  private QueryResult.Heatmap heatmap;
  private long bytes;

  /**
   * @param maxBytes memory that the series may take
   */
  DisplayBody(TimeRange range, DisplayOptions options, long maxBytes) {
    this.maxBytes = maxBytes;
    this.range = range;
    this.options = options;
  }

  @Override
  public void add(QueryResult piece) throws ApiException {
    if (piece instanceof QueryResult.Heatmap whole) {
      heatmap = whole;
      return;
    }
    if (!(piece instanceof QueryResult.Matrix matrix)) {
      throw ApiException.badData("invalid parameter \"format\": the answer is not made of series");
    }
    requireNumbers(matrix.series());
    for (QueryResult.Series one : matrix.series()) {
      DisplaySeries drawn =
          series.computeIfAbsent(one.labels(), labels -> new DisplaySeries(labels, range, options));
      long before = drawn.bytes();
      drawn.add(one);
      bytes += drawn.bytes() - before;
      if (bytes > maxBytes) {
        throw new ApiException(
            422,
            "execution",
            "what is drawn takes more than "
                + (maxBytes >> 20)
                + " MB; ask for fewer points, a shorter time, or aggregate");
      }
    }
  }

  @Override
  public long bytes() {
    return heatmap == null ? bytes : ResultJson.heldBytes(heatmap);
  }

  /** The compact form holds one heatmap; several are listed as JSON. */
  @Override
  public boolean isCompact() {
    return heatmap == null || heatmap.series().size() == 1;
  }

  /** Refuses histograms. */
  static void requireNumbers(List<QueryResult.Series> all) throws ApiException {
    for (QueryResult.Series one : all) {
      if (one.samples().size() > 0 && Buckets.has(one.samples(), 0)) {
        throw new ApiException(
            422,
            "execution",
            "histograms cannot be drawn as lines; wrap the expression in histogram_quantile(0.99,"
                + " ...) or histogram_heatmap(...), or ask without \"format\"");
      }
    }
  }

  /** Writes the length of a header, the header, and zeros up to a multiple of eight bytes. */
  static void header(byte[] text, OutputStream out) throws IOException {
    ByteBuffer head =
        ByteBuffer.allocate((4 + text.length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(text.length).put(text);
    out.write(head.array());
  }

  @Override
  public void json(JsonBytes json) throws IOException {
    if (heatmap != null) {
      new ResultJson(json).write(heatmap, 0, -1);
      return;
    }
    start(json);
    String separator = "";
    for (DisplaySeries one : series.values()) {
      one.finish();
      json.raw(separator);
      separator = ",";
      describe(json, one);
      for (int column = 0; column < one.columns(); column++) {
        json.raw(",\"").raw(name(column)).raw("\":[");
        for (int i = 0; i < one.rows(); i++) {
          if (i > 0) {
            json.raw(',');
          }
          json.number(one.value(column, i));
        }
        json.raw(']');
      }
      json.raw('}');
    }
    json.raw("]}");
  }

  @Override
  public void binary(OutputStream out) throws IOException {
    if (heatmap != null) {
      HeatmapBody.write(heatmap.series().get(0), out);
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    JsonBytes header = new JsonBytes(bytes);
    start(header);
    String separator = "";
    for (DisplaySeries one : series.values()) {
      one.finish();
      header.raw(separator);
      separator = ",";
      describe(header, one);
      header.raw('}');
    }
    header.raw("]}").flush();
    header(bytes.toByteArray(), out);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (DisplaySeries one : series.values()) {
      for (int column = 0; column < one.columns(); column++) {
        for (int i = 0; i < one.rows(); i++) {
          if (!chunk.hasRemaining()) {
            out.write(chunk.array(), 0, chunk.position());
            chunk.clear();
          }
          chunk.putDouble(one.value(column, i));
        }
      }
    }
    out.write(chunk.array(), 0, chunk.position());
  }

  private static String name(int column) {
    int more = column - DisplaySeries.COLUMNS.length;
    return more < 0 ? DisplaySeries.COLUMNS[column] : DisplaySeries.BOUNDS[more];
  }

  private void start(JsonBytes json) throws IOException {
    json.raw("{\"resultType\":\"series\",\"budget\":").number(options.points());
    json.raw(",\"columns\":");
    Answer.strings(json, List.of(DisplaySeries.COLUMNS));
    json.raw(",\"series\":[");
  }

  private void describe(JsonBytes json, DisplaySeries one) throws IOException {
    json.raw("{\"metric\":");
    ResultJson.labels(json, one.labels());
    json.raw(",\"nativeInterval\":").number(range.step() / 1e9);
    json.raw(",\"bucketWidth\":").number(one.bucketNanos() / 1e9);
    json.raw(",\"rawPoints\":").number((long) one.rawPoints());
    json.raw(",\"reducer\":\"median\",\"band\":[").number(options.low());
    json.raw(',').number(options.high());
    json.raw("],\"decimated\":").raw(one.decimated() ? "true" : "false");
    json.raw(",\"unc\":")
        .raw(one.bounded() ? "true" : "false")
        .raw(",\"n\":")
        .number((long) one.rows());
  }
}

package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Buckets;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.wraps.arrow.ArrowColumn;
import io.rezolus.wraps.arrow.ArrowOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer as Arrow IPC stream: a row for each time at which any series has a value, a column
 * {@code timestamp}, and a column of doubles for each series with its labels as key-values of the
 * field; null where the series has none. Where bounds of the values are known, a column of lower
 * and one of upper bounds follow it, told by a key {@code __bound__}. Key-values of the schema tell
 * {@code resultType} and, where there are any, {@code warnings} and {@code infos} as JSON lists.
 */
final class ArrowAnswer {
  static final String TYPE = "application/vnd.apache.arrow.stream";

  /** Of the values of a batch; that much is held outside of the heap. */
  private static final int BATCH_BYTES = 4 << 20;

  private static final int BATCH_ROWS = 1 << 16;

  /** Of the description and the buffers of a column. */
  private static final long COLUMN_BYTES = 2048;

  /**
   * A column of doubles.
   *
   * @param bounds of the samples; null for the samples themselves
   */
  private record Column(
      String name, Map<String, String> metadata, Samples samples, double[] bounds) {
    double value(int i) {
      return bounds == null ? samples.value(i) : bounds[i];
    }

    boolean has(int i) {
      return bounds == null || !Double.isNaN(bounds[i]);
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final long[] times;
  private final Map<String, String> metadata = new TreeMap<>();

  private ArrowAnswer(String type, List<QueryResult.Series> series, QueryResult result)
      throws IOException {
    for (QueryResult.Series one : series) {
      String name = type.equals("scalar") ? "value" : one.labels().toString();
      Map<String, String> labels = one.labels().toMap();
      columns.add(new Column(name, labels, one.samples(), null));
      if (one.band() != null) {
        columns.add(bound(name, labels, "lower", one.samples(), one.band().lower()));
        columns.add(bound(name, labels, "upper", one.samples(), one.band().upper()));
      }
    }
    times = MergedTimes.of(series);
    metadata.put("resultType", type);
    list("warnings", result.annotations().warnings());
    list("infos", result.annotations().infos());
  }

  /** Takes an answer whose values are numbers. */
  static ArrowAnswer of(QueryResult result) throws ApiException, IOException {
    if (result instanceof QueryResult.Matrix matrix) {
      return new ArrowAnswer("matrix", numbers(matrix.series()), result);
    }
    if (result instanceof QueryResult.Vector vector) {
      return new ArrowAnswer("vector", numbers(vector.series()), result);
    }
    if (result instanceof QueryResult.Scalar scalar) {
      Samples one = Samples.gauges(new long[] {scalar.time()}, new double[] {scalar.value()});
      return new ArrowAnswer("scalar", List.of(new QueryResult.Series(Labels.EMPTY, one)), result);
    }
    throw ApiException.badData("invalid parameter \"format\": the answer is not made of series");
  }

  private static List<QueryResult.Series> numbers(List<QueryResult.Series> all)
      throws ApiException {
    for (QueryResult.Series one : all) {
      for (int i = 0; i < one.samples().size(); i++) {
        if (Buckets.has(one.samples(), i)) {
          throw new ApiException(
              422,
              "execution",
              "histograms have no form in columns of numbers; wrap the expression in"
                  + " histogram_quantile(0.99, ...), or ask without \"format\"");
        }
      }
    }
    return all;
  }

  private static Column bound(
      String name, Map<String, String> labels, String which, Samples samples, double[] bounds) {
    Map<String, String> metadata = new TreeMap<>(labels);
    metadata.put("__bound__", which);
    return new Column(name + " " + which, metadata, samples, bounds);
  }

  private void list(String key, Collection<String> texts) throws IOException {
    if (!texts.isEmpty()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonBytes json = new JsonBytes(bytes);
      Answer.strings(json, texts);
      json.flush();
      metadata.put(key, bytes.toString(StandardCharsets.UTF_8));
    }
  }

  /** Bytes the values take. */
  long bytes() {
    return (long) Double.BYTES * times.length * (columns.size() + 1);
  }

  /** Memory that the columns take without their values, roughly. */
  long schemaBytes() {
    return COLUMN_BYTES * columns.size();
  }

  /** Writes all of it; the stream stays open. */
  void write(OutputStream out) throws IOException {
    List<ArrowColumn> fields = new ArrayList<>(columns.size() + 1);
    fields.add(new ArrowColumn("timestamp", ArrowColumn.Type.TIMESTAMP, false, Map.of()));
    for (Column one : columns) {
      fields.add(new ArrowColumn(one.name(), ArrowColumn.Type.FLOAT64, true, one.metadata()));
    }
    int rows = Math.max(1, Math.min(BATCH_ROWS, BATCH_BYTES / Double.BYTES / fields.size()));
    int[] next = new int[columns.size()];
    double[] values = new double[Math.min(rows, times.length)];
    BitSet present = new BitSet(values.length);
    try (ArrowOutput arrow = ArrowOutput.stream(Channels.newChannel(out), fields, metadata)) {
      for (int from = 0; from < times.length; from += rows) {
        int count = Math.min(rows, times.length - from);
        arrow.startBatch(count);
        arrow.longs(0, times, from, null);
        for (int i = 0; i < next.length; i++) {
          present.clear();
          next[i] = rows(columns.get(i), next[i], from, count, values, present);
          arrow.doubles(i + 1, values, 0, present);
        }
        arrow.endBatch();
      }
      arrow.finish();
    }
  }

  /** Puts the samples from {@code next} on where their times are; gives the first one left. */
  private int rows(Column column, int next, int from, int count, double[] values, BitSet present) {
    int sample = next;
    int size = column.samples().size();
    for (int row = 0; row < count && sample < size; row++) {
      if (column.samples().time(sample) == times[from + row]) {
        if (column.has(sample)) {
          values[row] = column.value(sample);
          present.set(row);
        }
        sample++;
      }
    }
    return sample;
  }
}

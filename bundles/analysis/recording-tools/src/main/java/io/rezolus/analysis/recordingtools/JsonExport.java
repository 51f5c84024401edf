package io.rezolus.analysis.recordingtools;

import com.google.gson.stream.JsonWriter;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.wraps.parquet.Longs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * One object, one series at a time:
 *
 * <pre>
 * {"format": "rezolus-export", "version": 1,
 *  "metadata": {"source": "rezolus", ...},
 *  "timestamps": [1700000000000000000, ...],
 *  "series": [
 *    {"metric": "cpu_usage", "kind": "counter", "unit": "nanoseconds",
 *     "labels": {"id": "0"}, "column": "7x0", "values": [1, null, 3]},
 *    {"metric": "syscall_latency", "kind": "histogram", "unit": "nanoseconds", "labels": {},
 *     "column": "9x0:buckets", "grouping_power": 3, "max_value_power": 64,
 *     "values": [[[15, 2], [31, 8]], null]}]}
 * </pre>
 *
 * <p>Values belong to the timestamps at the same place, nanoseconds since the Unix epoch. All
 * numbers are exact: integers, those of counters and buckets unsigned with 64 bits, and decimals
 * where a Prometheus endpoint had fractions. A histogram's value lists the buckets that hold
 * something, largest value and count.
 */
final class JsonExport implements Exporter {
  @Override
  public void write(ExportView view, OutputStream target, ProgressLine progress)
      throws IOException {
    JsonWriter out =
        new JsonWriter(
            new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 1 << 16));
    out.setHtmlSafe(false);
    out.beginObject();
    out.name("format").value("rezolus-export").name("version").value(1);
    out.name("metadata");
    texts(out, view.metadata());
    out.name("timestamps").beginArray();
    for (int part = 0; part < view.table().parts(); part++) {
      for (RowBlock run : RowBlock.runs(view, part)) {
        for (int row = run.from(); row < run.to(); row++) {
          out.jsonValue(Long.toUnsignedString(run.timestamps()[row]));
        }
      }
    }
    out.endArray();
    out.name("series").beginArray();
    int done = 0;
    for (RecordedColumn column : view.columns()) {
      series(view, column, out);
      progress.done(++done, view.columns().size());
    }
    out.endArray();
    out.endObject();
    out.flush();
    target.write('\n');
  }

  private static void series(ExportView view, RecordedColumn column, JsonWriter out)
      throws IOException {
    out.beginObject();
    out.name("metric").value(column.metric());
    out.name("kind").value(column.kind().name().toLowerCase(Locale.ROOT));
    out.name("unit").value(column.unit());
    out.name("labels");
    texts(out, column.labels());
    out.name("column").value(column.name());
    if (column.kind() == MetricKind.HISTOGRAM) {
      out.name("grouping_power").value(column.histogram().groupingPower());
      out.name("max_value_power").value(column.histogram().maxValuePower());
    }
    out.name("values").beginArray();
    for (int part = 0; part < view.table().parts(); part++) {
      var runs = RowBlock.runs(view, part);
      if (runs.isEmpty()) {
        continue;
      }
      if (column.kind() == MetricKind.HISTOGRAM) {
        long[][] rows = view.table().histograms(column, part);
        for (RowBlock run : runs) {
          for (int row = run.from(); row < run.to(); row++) {
            buckets(column, rows[row], out);
          }
        }
      } else {
        Longs values = view.table().values(column, part);
        for (RowBlock run : runs) {
          scalars(column, values, run, out);
        }
      }
    }
    out.endArray();
    out.endObject();
  }

  private static void scalars(RecordedColumn column, Longs values, RowBlock run, JsonWriter out)
      throws IOException {
    ScalarText text = new ScalarText(column);
    for (int row = run.from(); row < run.to(); row++) {
      if (values.present().get(row)) {
        out.jsonValue(text.of(values.values()[row]));
      } else {
        out.nullValue();
      }
    }
  }

  private static void buckets(RecordedColumn column, long[] counts, JsonWriter out)
      throws IOException {
    if (counts == null) {
      out.nullValue();
      return;
    }
    out.beginArray();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        out.beginArray();
        out.jsonValue(Long.toUnsignedString(column.histogram().upper(i)));
        out.jsonValue(Long.toUnsignedString(counts[i]));
        out.endArray();
      }
    }
    out.endArray();
  }

  private static void texts(JsonWriter out, Map<String, String> texts) throws IOException {
    out.beginObject();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.name(text.getKey()).value(text.getValue());
    }
    out.endObject();
  }
}

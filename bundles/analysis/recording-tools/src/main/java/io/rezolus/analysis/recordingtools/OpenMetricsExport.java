package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.wraps.parquet.Longs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * OpenMetrics text, as {@code promtool tsdb create-blocks-from openmetrics} reads it: each family
 * together, each of its series together, in order of time.
 */
final class OpenMetricsExport implements Exporter {
  @Override
  public void write(ExportView view, OutputStream target, ProgressLine progress)
      throws IOException {
    Writer out =
        new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 1 << 16);
    Map<String, String> help = descriptions(view.metadata());
    int done = 0;
    for (OpenMetricsNames.Family family : OpenMetricsNames.families(view.columns())) {
      head(family, help.get(family.metric()), out);
      for (int i = 0; i < family.columns().size(); i++) {
        RecordedColumn column = family.columns().get(i);
        String labels = family.labels().get(i);
        if (family.kind() == MetricKind.HISTOGRAM) {
          new OpenMetricsHistogram(view, column, family.name(), labels).write(out);
        } else {
          scalars(view, column, sample(family, labels), out);
        }
        progress.done(++done, view.columns().size());
      }
    }
    out.write("# EOF\n");
    out.flush();
  }

  private static void head(OpenMetricsNames.Family family, String help, Writer out)
      throws IOException {
    String kind = family.kind().name().toLowerCase(Locale.ROOT);
    out.write("# TYPE " + family.name() + " " + kind + "\n");
    if (family.unit() != null) {
      out.write("# UNIT " + family.name() + " " + family.unit() + "\n");
    }
    if (help != null) {
      out.write("# HELP " + family.name() + " " + SeriesName.escape(help) + "\n");
    }
  }

  private static String sample(OpenMetricsNames.Family family, String labels) {
    String name = family.name() + (family.kind() == MetricKind.COUNTER ? "_total" : "");
    return labels.isEmpty() ? name + " " : name + "{" + labels + "} ";
  }

  private static void scalars(ExportView view, RecordedColumn column, String sample, Writer out)
      throws IOException {
    ScalarText text = new ScalarText(column);
    long last = Long.MIN_VALUE;
    for (int part = 0; part < view.table().parts(); part++) {
      List<RowBlock> runs = RowBlock.runs(view, part);
      if (runs.isEmpty()) {
        continue;
      }
      Longs values = view.table().values(column, part);
      for (RowBlock run : runs) {
        for (int row = run.from(); row < run.to(); row++) {
          long time = run.timestamps()[row];
          // a clock that was set back; a series may not go back in time
          if (values.present().get(row) && time > last) {
            out.write(sample);
            out.write(text.of(values.values()[row]));
            out.write(' ');
            out.write(OpenMetricsNumber.seconds(time));
            out.write('\n');
            last = time;
          }
        }
      }
    }
  }

  /** Help texts by metric: of the recording, else of any of its sources. */
  private static Map<String, String> descriptions(Map<String, String> metadata) {
    Map<String, String> help = new TreeMap<>();
    add(help, parse(metadata.get("descriptions")));
    for (JsonElement source : parse(metadata.get("per_source_metadata")).asMap().values()) {
      if (source.isJsonObject() && source.getAsJsonObject().has("descriptions")) {
        JsonElement texts = source.getAsJsonObject().get("descriptions");
        add(help, texts.isJsonObject() ? texts.getAsJsonObject() : new JsonObject());
      }
    }
    return help;
  }

  private static void add(Map<String, String> help, JsonObject texts) {
    for (Map.Entry<String, JsonElement> text : texts.entrySet()) {
      if (text.getValue().isJsonPrimitive()) {
        help.putIfAbsent(text.getKey(), text.getValue().getAsString());
      }
    }
  }

  private static JsonObject parse(String text) {
    try {
      JsonElement parsed = text == null ? new JsonObject() : JsonParser.parseString(text);
      return parsed.isJsonObject() ? parsed.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException | StackOverflowError e) {
      return new JsonObject();
    }
  }
}

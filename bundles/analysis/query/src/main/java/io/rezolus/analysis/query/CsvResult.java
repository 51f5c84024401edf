package io.rezolus.analysis.query;

import io.rezolus.libs.query.Buckets;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.json.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/** One line per sample: time in seconds, one column per label, value. */
final class CsvResult implements ResultWriter {
  @Override
  public void write(QueryResult result, OutputStream out) throws IOException {
    JsonBytes csv = new JsonBytes(out);
    if (result instanceof QueryResult.Matrix matrix) {
      series(csv, matrix.series());
    } else if (result instanceof QueryResult.Vector vector) {
      series(csv, vector.series());
    } else if (result instanceof QueryResult.Scalar scalar) {
      csv.raw("time,value\n").time(scalar.time()).raw(',').decimal(scalar.value()).raw('\n');
    } else if (result instanceof QueryResult.Text text) {
      csv.raw("value\n").raw(field(text.value())).raw('\n');
    }
    csv.flush();
  }

  private static void series(JsonBytes csv, List<QueryResult.Series> all) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (QueryResult.Series one : all) {
      for (int i = 0; i < one.labels().size(); i++) {
        names.add(one.labels().name(i));
      }
    }
    csv.raw("time");
    for (String name : names) {
      csv.raw(',').raw(field(name.equals(Labels.NAME) ? "metric" : name));
    }
    csv.raw(",value\n");
    for (QueryResult.Series one : all) {
      ByteArrayOutputStream labels = new ByteArrayOutputStream();
      for (String name : names) {
        labels.write(',');
        labels.write(field(one.labels().get(name)));
      }
      lines(csv, one.samples(), labels.toByteArray());
    }
  }

  private static void lines(JsonBytes csv, Samples samples, byte[] labels) throws IOException {
    for (int i = 0; i < samples.size(); i++) {
      csv.time(samples.time(i)).raw(labels).raw(',');
      if (Buckets.has(samples, i)) {
        csv.raw(field(Buckets.histogram(samples, i).toString()));
      } else {
        csv.decimal(samples.value(i));
      }
      csv.raw('\n');
    }
  }

  private static byte[] field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    String written = plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    return written.getBytes(StandardCharsets.UTF_8);
  }
}

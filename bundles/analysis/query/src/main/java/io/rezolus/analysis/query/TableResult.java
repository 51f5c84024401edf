package io.rezolus.analysis.query;

import io.rezolus.libs.query.Buckets;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Aligned columns for people: few series have a column each, of many there is a line each with the
 * least, mean, greatest and last value.
 */
final class TableResult implements ResultWriter {
  private static final int WIDTH = 120;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public void write(QueryResult result, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    if (result instanceof QueryResult.Matrix matrix) {
      List<String[]> wide = wide(matrix.series());
      boolean fits = columns(wide).stream().mapToInt(w -> w + 2).sum() <= WIDTH;
      print(fits || matrix.series().size() == 1 ? wide : summary(matrix.series()), text);
    } else if (result instanceof QueryResult.Vector vector) {
      List<String[]> rows = new ArrayList<>();
      rows.add(new String[] {"SERIES", "VALUE"});
      for (QueryResult.Series one : vector.series()) {
        rows.add(new String[] {name(one.labels()), value(one.samples(), 0)});
      }
      print(vector.series().isEmpty() ? List.of() : rows, text);
    } else if (result instanceof QueryResult.Scalar scalar) {
      text.append(number(scalar.value())).append('\n');
    } else if (result instanceof QueryResult.Text one) {
      text.append(one.value()).append('\n');
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String[]> wide(List<QueryResult.Series> all) {
    TreeMap<Long, String[]> rows = new TreeMap<>();
    boolean millis = false;
    for (int i = 0; i < all.size(); i++) {
      Samples samples = all.get(i).samples();
      for (int k = 0; k < samples.size(); k++) {
        millis |= samples.time(k) % 1_000_000_000L != 0;
        rows.computeIfAbsent(samples.time(k), t -> new String[all.size() + 1])[i + 1] =
            value(samples, k);
      }
    }
    List<String[]> out = new ArrayList<>();
    if (rows.isEmpty()) {
      return out;
    }
    String[] header = new String[all.size() + 1];
    header[0] = "TIME (UTC)";
    for (int i = 0; i < all.size(); i++) {
      String name = name(all.get(i).labels());
      header[i + 1] = name.equals("{}") ? "VALUE" : name;
    }
    out.add(header);
    DateTimeFormatter format = millis ? MILLIS : SECONDS;
    rows.forEach(
        (time, row) -> {
          row[0] = format.format(Instant.ofEpochSecond(0, time));
          out.add(row);
        });
    return out;
  }

  private static List<String[]> summary(List<QueryResult.Series> all) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"SERIES", "MIN", "MEAN", "MAX", "LAST"});
    for (QueryResult.Series one : all) {
      Samples samples = one.samples();
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int numbers = 0;
      for (int i = 0; i < samples.size(); i++) {
        if (!Buckets.has(samples, i)) {
          least = Math.min(least, samples.value(i));
          most = Math.max(most, samples.value(i));
          sum += samples.value(i);
          numbers++;
        }
      }
      String last = value(samples, samples.size() - 1);
      rows.add(
          numbers == 0
              ? new String[] {name(one.labels()), "", "", "", last}
              : new String[] {
                name(one.labels()), number(least), number(sum / numbers), number(most), last
              });
    }
    return rows;
  }

  private static String name(Labels labels) {
    return labels.toString();
  }

  private static String value(Samples samples, int i) {
    return Buckets.has(samples, i)
        ? Buckets.histogram(samples, i).toString()
        : number(samples.value(i));
  }

  /** Whole numbers as they are, others to six significant digits. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    double magnitude = Math.abs(value);
    if (magnitude < 1e-4 || magnitude >= 1e15) {
      return String.format(Locale.ROOT, "%.5e", value);
    }
    int whole = (int) Math.floor(Math.log10(magnitude)) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(1, 6 - whole) + "f", value);
  }

  private static List<Integer> columns(List<String[]> rows) {
    List<Integer> widths = new ArrayList<>();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        int width = row[i] == null ? 0 : row[i].length();
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return widths;
  }

  /** The first column is text and the others numbers, which end below each other. */
  private static void print(List<String[]> rows, StringBuilder out) {
    List<Integer> widths = columns(rows);
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String cell = row[i] == null ? "" : row[i];
        String blanks = " ".repeat(widths.get(i) - cell.length());
        line.append(i == 0 ? cell + blanks : "  " + blanks + cell);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.wraps.parquet.Longs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A header and a row per moment: {@code timestamp} in nanoseconds since the Unix epoch, then every
 * series. An empty cell has no value. A histogram's cell lists the buckets that hold something,
 * {@code <largest value>:<count>} with blanks between them.
 */
final class CsvExport implements Exporter {
  @Override
  public void write(ExportView view, OutputStream target, ProgressLine progress)
      throws IOException {
    OutputStream out = new BufferedOutputStream(target, 1 << 16);
    StringBuilder line = new StringBuilder("timestamp");
    for (String name : SeriesName.unique(view.columns())) {
      line.append(',').append(quoted(name));
    }
    end(line, out);
    for (int part = 0; part < view.table().parts(); part++) {
      for (RowBlock block : RowBlock.bounded(view, part)) {
        write(view, block, line, out);
      }
      progress.done(part + 1, view.table().parts());
    }
    out.flush();
  }

  private static void write(ExportView view, RowBlock block, StringBuilder line, OutputStream out)
      throws IOException {
    List<Cells> columns = new ArrayList<>();
    for (RecordedColumn column : view.columns()) {
      columns.add(cells(view.table(), column, block));
    }
    for (int row = 0; row < block.rows(); row++) {
      line.append(Long.toUnsignedString(block.timestamps()[block.from() + row]));
      for (Cells cells : columns) {
        line.append(',');
        cells.append(row, line);
      }
      end(line, out);
    }
  }

  private static Cells cells(Table table, RecordedColumn column, RowBlock block)
      throws IOException {
    if (column.kind() == MetricKind.HISTOGRAM) {
      long[][] rows =
          Arrays.copyOfRange(table.histograms(column, block.part()), block.from(), block.to());
      return (row, line) -> {
        if (rows[row] != null) {
          buckets(column, rows[row], line);
        }
      };
    }
    Longs longs = table.values(column, block.part());
    long[] values = Arrays.copyOfRange(longs.values(), block.from(), block.to());
    BitSet present = longs.present().get(block.from(), block.to());
    ScalarText text = new ScalarText(column);
    return (row, line) -> {
      if (present.get(row)) {
        line.append(text.of(values[row]));
      }
    };
  }

  private static void buckets(RecordedColumn column, long[] counts, StringBuilder line) {
    boolean first = true;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        line.append(first ? "" : " ")
            .append(Long.toUnsignedString(column.histogram().upper(i)))
            .append(':')
            .append(Long.toUnsignedString(counts[i]));
        first = false;
      }
    }
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_:]+") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static void end(StringBuilder line, OutputStream out) throws IOException {
    out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    line.setLength(0);
  }

  /** One column's cells. */
  private interface Cells {
    void append(int row, StringBuilder line);
  }
}

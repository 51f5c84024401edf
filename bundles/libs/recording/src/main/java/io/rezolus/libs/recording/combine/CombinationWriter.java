package io.rezolus.libs.recording.combine;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a table as a parquet recording; each column is read when its turn comes. */
final class CombinationWriter {
  private CombinationWriter() {}

  static void write(
      Table table,
      Path output,
      Map<String, String> metadata,
      Map<String, String> more,
      Progress progress)
      throws IOException {
    Map<String, String> footer = new TreeMap<>(metadata);
    footer.putAll(more);
    List<RecordedColumn> columns = table.columns();
    long total = (long) table.parts() * columns.size();
    long done = 0;
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(output, fields(columns), WriteOptions.CONVERSION)) {
      for (int part = 0; part < table.parts(); part++) {
        out.startRowGroup(table.rows(part));
        out.longs(table.timestamps(part));
        for (RecordedColumn column : columns) {
          if (column.kind() == MetricKind.HISTOGRAM) {
            out.lists(table.histograms(column, part));
          } else {
            out.longs(table.values(column, part));
          }
          progress.done(++done, total);
        }
      }
      out.finish(footer);
    }
  }

  private static List<ArrowField> fields(List<RecordedColumn> columns) {
    List<ArrowField> fields = new ArrayList<>();
    fields.add(
        new ArrowField(
            "timestamp",
            ArrowField.Type.UINT64,
            false,
            Map.of("metric_type", "timestamp", "unit", "nanoseconds")));
    for (RecordedColumn column : columns) {
      ArrowField.Type type =
          switch (column.kind()) {
            case COUNTER -> ArrowField.Type.UINT64;
            case GAUGE -> ArrowField.Type.INT64;
            case HISTOGRAM -> ArrowField.Type.UINT64_LIST;
          };
      fields.add(new ArrowField(column.name(), type, true, column.metadata()));
    }
    return fields;
  }
}

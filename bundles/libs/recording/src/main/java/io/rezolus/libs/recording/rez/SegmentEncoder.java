package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.Cells;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes rows as the parquet file that a sealed segment is. */
final class SegmentEncoder {
  private SegmentEncoder() {}

  static byte[] encode(SegmentBuilder segment) throws IOException {
    int rows = segment.rows();
    List<ArrowField> fields = fields(segment);
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, WriteOptions.SEGMENT)) {
      out.startRowGroup(rows);
      out.cells(
          cells -> {
            for (int row = 0; row < rows; row++) {
              cells.value(segment.timestamp(row));
            }
          });
      out.cells(
          cells -> {
            for (int row = 0; row < rows; row++) {
              cells.value(segment.wallOffset(row));
            }
          });
      if (segment.isGrouped()) {
        out.cells(cells -> scalars(segment.windowBegins(), rows, cells));
        out.cells(cells -> scalars(segment.windowWidths(), rows, cells));
      }
      for (SegmentColumn column : segment.columns()) {
        if (column.kind() == MetricKind.HISTOGRAM) {
          out.cells(cells -> histograms(column, rows, cells));
        } else {
          out.cells(cells -> scalars(column.scalars(), rows, cells));
        }
        if (!segment.isGrouped()) {
          out.cells(cells -> scalars(column.windowBegins(), rows, cells));
          out.cells(cells -> scalars(column.windowWidths(), rows, cells));
        }
      }
      out.finish(Map.of());
      return out.toByteArray();
    }
  }

  private static List<ArrowField> fields(SegmentBuilder segment) {
    List<ArrowField> fields = new ArrayList<>();
    Map<String, String> time = Map.of("metric_type", "timestamp", "unit", "nanoseconds");
    fields.add(new ArrowField("timestamp", ArrowField.Type.UINT64, false, time));
    fields.add(describing(":wall_offset", ArrowField.Type.INT64));
    if (segment.isGrouped()) {
      windows("", fields);
    }
    for (SegmentColumn column : segment.columns()) {
      String suffix = column.kind() == MetricKind.HISTOGRAM ? ":buckets" : "";
      ArrowField.Type type =
          switch (column.kind()) {
            case COUNTER -> ArrowField.Type.UINT64;
            case GAUGE -> ArrowField.Type.INT64;
            case HISTOGRAM -> ArrowField.Type.UINT64_LIST;
          };
      fields.add(new ArrowField(column.name() + suffix, type, true, column.metadata()));
      if (!segment.isGrouped()) {
        windows(column.name(), fields);
      }
    }
    return fields;
  }

  private static void windows(String name, List<ArrowField> fields) {
    fields.add(describing(name + ":window_begin", ArrowField.Type.INT64));
    fields.add(describing(name + ":window_width", ArrowField.Type.UINT64));
  }

  private static ArrowField describing(String name, ArrowField.Type type) {
    return new ArrowField(name, type, true, Map.of());
  }

  private static void scalars(LongRows values, int rows, Cells cells) {
    for (int row = 0; row < rows; row++) {
      if (values != null && values.has(row)) {
        cells.value(values.get(row));
      } else {
        cells.absent();
      }
    }
  }

  private static void histograms(SegmentColumn column, int rows, Cells cells) {
    for (int row = 0; row < rows; row++) {
      long[] buckets = column.histogram(row);
      if (buckets == null) {
        cells.absent();
      } else {
        cells.list(buckets, buckets.length);
      }
    }
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.wraps.arrow.ArrowColumn;
import io.rezolus.wraps.arrow.ArrowOutput;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An Arrow IPC file: {@code timestamp} as a moment in UTC, counters unsigned, gauges signed,
 * histograms as lists of all bucket counts. Each field carries its metric, unit and labels.
 */
final class ArrowExport implements Exporter {
  @Override
  public void write(ExportView view, OutputStream out, ProgressLine progress) throws IOException {
    Map<String, String> metadata = new TreeMap<>(view.metadata());
    metadata.values().removeIf(value -> value == null);
    try (ArrowOutput arrow = new ArrowOutput(Channels.newChannel(out), columns(view), metadata)) {
      for (int part = 0; part < view.table().parts(); part++) {
        for (RowBlock block : RowBlock.bounded(view, part)) {
          write(view, block, arrow);
        }
        progress.done(part + 1, view.table().parts());
      }
      arrow.finish();
    }
  }

  private static void write(ExportView view, RowBlock block, ArrowOutput arrow) throws IOException {
    arrow.startBatch(block.rows());
    arrow.longs(0, block.timestamps(), block.from(), null);
    int next = 1;
    for (RecordedColumn column : view.columns()) {
      if (column.kind() == MetricKind.HISTOGRAM) {
        arrow.lists(next++, view.table().histograms(column, block.part()), block.from());
      } else {
        Longs values = view.table().values(column, block.part());
        arrow.longs(next++, values.values(), block.from(), values.present());
      }
    }
    arrow.endBatch();
  }

  private static List<ArrowColumn> columns(ExportView view) {
    List<ArrowColumn> columns = new ArrayList<>();
    columns.add(new ArrowColumn("timestamp", ArrowColumn.Type.TIMESTAMP, false, Map.of()));
    List<String> names = SeriesName.unique(view.columns());
    for (int i = 0; i < names.size(); i++) {
      RecordedColumn column = view.columns().get(i);
      Map<String, String> metadata = new TreeMap<>(column.metadata());
      metadata.putAll(column.labels());
      metadata.put("metric", column.metric());
      ArrowColumn.Type type =
          switch (column.kind()) {
            case COUNTER -> ArrowColumn.Type.UINT64;
            case GAUGE -> ArrowColumn.Type.INT64;
            case HISTOGRAM -> ArrowColumn.Type.UINT64_LIST;
          };
      columns.add(new ArrowColumn(names.get(i), type, true, metadata));
    }
    return columns;
  }
}

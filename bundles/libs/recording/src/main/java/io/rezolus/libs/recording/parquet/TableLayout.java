package io.rezolus.libs.recording.parquet;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the columns of a parquet file are.
 *
 * @param fields all of them
 * @param timestamp which of them has the times
 * @param columns those that are series
 * @param windows those that say when others were read
 */
record TableLayout(
    List<ArrowField> fields,
    int timestamp,
    List<RecordedColumn> columns,
    AcquisitionWindows windows) {
  /**
   * @param schema the file's Arrow schema; null where it has none
   * @throws IOException when it is damaged or there are no timestamps; the message does not name
   *     the file
   */
  static TableLayout of(List<Column> stored, String schema) throws IOException {
    List<ArrowField> fields =
        Fields.of(stored, schema == null ? List.of() : ArrowSchemaReader.read(schema));
    int timestamp = -1;
    List<RecordedColumn> columns = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      Column column = stored.get(i);
      if (column.name().equals("timestamp") && column.type() != ColumnType.UINT64_LIST) {
        timestamp = i;
      } else if (!RecordedColumn.isReserved(column.name())) {
        MetricKind kind = kind(column.type());
        RecordedColumn recorded =
            kind == null
                ? null
                : RecordedColumn.of(i, column.name(), kind, fields.get(i).metadata());
        if (recorded != null) {
          columns.add(recorded);
        }
      }
    }
    if (timestamp < 0 || stored.get(timestamp).type() == ColumnType.OTHER) {
      throw new IOException("not a recording: it has no column \"timestamp\"");
    }
    return new TableLayout(
        fields, timestamp, Collections.unmodifiableList(columns), AcquisitionWindows.of(stored));
  }

  private static MetricKind kind(ColumnType type) {
    return switch (type) {
      case UINT64 -> MetricKind.COUNTER;
      case INT64 -> MetricKind.GAUGE;
      case UINT64_LIST -> MetricKind.HISTOGRAM;
      case OTHER -> null;
    };
  }
}

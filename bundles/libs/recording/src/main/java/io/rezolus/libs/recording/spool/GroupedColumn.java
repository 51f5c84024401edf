package io.rezolus.libs.recording.spool;

import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import java.util.Map;

/**
 * A column that row groups have, and how the recording describes it.
 *
 * @param id by which the row groups know it
 * @param source whose it is; -1 for the time of the rows, which is that of all
 * @param field its name, type and labels
 */
public record GroupedColumn(int id, int source, ArrowField field) {
  static final int TIMESTAMP = 0;

  static int duration(int source) {
    return 2 * source + 1;
  }

  static int metric(int number) {
    return 2 * number + 2;
  }

  static ArrowField timestampField() {
    return time("timestamp", false);
  }

  static ArrowField durationField() {
    return time("duration", true);
  }

  static Column column(ArrowField field) {
    return new Column(field.name(), ColumnType.valueOf(field.type().name()), !field.nullable());
  }

  private static ArrowField time(String name, boolean nullable) {
    return new ArrowField(
        name, ArrowField.Type.UINT64, nullable, Map.of("metric_type", name, "unit", "nanoseconds"));
  }
}

package io.rezolus.libs.recording.parquet;

import io.rezolus.wraps.parquet.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Brings together what parquet and what the Arrow schema say about the columns of a file. */
final class Fields {
  private Fields() {}

  /**
   * @param stored one per column; fewer where the file has no schema. Names and types are
   *     parquet's, which the values are read by
   */
  static List<ArrowField> of(List<Column> columns, List<ArrowField> stored) {
    List<ArrowField> fields = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Map<String, String> metadata = i < stored.size() ? stored.get(i).metadata() : Map.of();
      ArrowField.Type type = ArrowField.Type.valueOf(column.type().name());
      fields.add(new ArrowField(column.name(), type, !column.required(), metadata));
    }
    return Collections.unmodifiableList(fields);
  }
}

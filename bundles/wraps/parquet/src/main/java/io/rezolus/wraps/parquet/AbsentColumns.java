package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Columns of which a row group has nothing: by number of rows and type all are the same. */
final class AbsentColumns {
  private final Writer writer;
  private final Map<Integer, Map<ColumnType, ChunkDescription>> written = new HashMap<>();

  AbsentColumns(Writer writer) {
    this.writer = writer;
  }

  /** Writes the pages for row groups of so many rows, unless there are such pages. */
  void add(int rows) throws IOException {
    if (!written.containsKey(rows)) {
      Map<ColumnType, ChunkDescription> types = new EnumMap<>(ColumnType.class);
      for (ColumnType type : ColumnType.values()) {
        if (type != ColumnType.OTHER) {
          types.put(type, writer.write(type, rows));
        }
      }
      written.put(rows, types);
    }
  }

  ChunkDescription get(ColumnType type, int rows) {
    return written.get(rows).get(type);
  }

  /** Writes a column without a value. */
  interface Writer {
    ChunkDescription write(ColumnType type, int rows) throws IOException;
  }
}

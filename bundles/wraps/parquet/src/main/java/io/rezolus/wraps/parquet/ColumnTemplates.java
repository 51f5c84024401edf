package io.rezolus.wraps.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;

/**
 * What files of a single column without rows or values look like, as columns differ in names only.
 */
final class ColumnTemplates {
  private final WriteOptions options;
  private final Map<Column, FileMetaData> empty = new HashMap<>();

  ColumnTemplates(WriteOptions options) {
    this.options = options;
  }

  /** Metadata of a file with no other column than one of this kind, whose name is not told. */
  FileMetaData metadata(Column column) throws IOException {
    Column kind = new Column("column", column.type(), column.required());
    FileMetaData known = empty.get(kind);
    if (known == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ParquetOutput none = new ParquetOutput(bytes, List.of(kind), options)) {
        none.finish(Map.of());
      }
      known = decode(bytes.toByteArray());
      empty.put(kind, known);
    }
    return known;
  }

  /** The column's part of a schema; the next call may change it. */
  List<SchemaElement> schema(Column column) throws IOException {
    List<SchemaElement> all = metadata(column).getSchema();
    all.get(1).setName(column.name());
    return all.subList(1, all.size());
  }

  /** A file of one column without a value. */
  byte[] absent(ColumnType type, int rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Column column = new Column("column", type, false);
    try (ParquetOutput only = new ParquetOutput(bytes, List.of(column), options)) {
      only.startRowGroup(rows);
      only.writeColumn(
          cells -> {
            for (int row = 0; row < rows; row++) {
              cells.absent();
            }
          });
      only.finish(Map.of());
    }
    return bytes.toByteArray();
  }

  static FileMetaData decode(byte[] file) throws IOException {
    return Footer.read(new MemoryInput(file)).decode();
  }
}

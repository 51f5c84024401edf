package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;

/** What reading takes from a footer; the rest of it is let go. */
final class FileIndex {
  private final SchemaTree schema;
  private final List<RowGroupIndex> groups = new ArrayList<>();
  private final Map<String, String> keyValues = new HashMap<>();

  /**
   * @throws IOException when the footer contradicts itself, or describes what cannot be held
   */
  FileIndex(FileMetaData meta) throws IOException {
    schema = new SchemaTree(meta.getSchema());
    for (RowGroup group : meta.getRow_groups()) {
      groups.add(new RowGroupIndex(group, schema.leaves()));
    }
    if (meta.isSetKey_value_metadata()) {
      for (KeyValue pair : meta.getKey_value_metadata()) {
        keyValues.put(pair.getKey(), pair.getValue());
      }
    }
  }

  SchemaTree schema() {
    return schema;
  }

  List<RowGroupIndex> groups() {
    return groups;
  }

  /** A value may be null. */
  Map<String, String> keyValues() {
    return Collections.unmodifiableMap(keyValues);
  }
}

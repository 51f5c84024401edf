package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What reading takes from a footer. */
final class FileIndex {
  private final List<RowGroupIndex> groups = new ArrayList<>();
  private final Map<String, String> keyValues = new HashMap<>();
  private SchemaTree schema;

  private FileIndex() {}

  /**
   * @throws IOException when it is damaged, or does not fit in memory
   */
  static FileIndex read(byte[] footer) throws IOException {
    FileIndex index = new FileIndex();
    try {
      index.read(new CompactReader(footer, 0));
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException("damaged parquet metadata: cut off", e);
    }
    if (index.schema == null) {
      throw new IOException("damaged parquet footer: it has no schema");
    }
    return index;
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

  private void read(CompactReader in) throws IOException {
    in.enter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 2 -> schema = SchemaTree.read(in);
        case 4 -> {
          if (schema == null) {
            throw new IOException("damaged parquet footer: row groups before their schema");
          }
          int count = in.structs();
          for (int i = 0; i < count; i++) {
            groups.add(RowGroupIndex.read(in, schema.leaves()));
          }
        }
        case 5 -> {
          int count = in.structs();
          for (int i = 0; i < count; i++) {
            keyValue(in);
          }
        }
        default -> in.skip();
      }
    }
  }

  private void keyValue(CompactReader in) throws IOException {
    String key = "";
    String value = null;
    in.enter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    keyValues.put(key, value);
  }
}

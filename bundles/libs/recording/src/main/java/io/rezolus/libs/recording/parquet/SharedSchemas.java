package io.rezolus.libs.recording.parquet;

import io.rezolus.wraps.parquet.Column;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Schemas of files of which many have the same, as the segments of a table do: each is decoded once
 * and its columns are the same objects wherever they occur. Safe for several threads.
 */
public final class SharedSchemas {
  private static final int KEPT = 256;

  private final Map<Key, TableLayout> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TableLayout> eldest) {
          return size() > KEPT;
        }
      };

  /** As {@link TableLayout#of}. */
  synchronized TableLayout layout(List<Column> stored, String schema) throws IOException {
    Key key = new Key(stored, schema);
    TableLayout layout = known.get(key);
    if (layout == null) {
      layout = TableLayout.of(stored, schema);
      known.put(key, layout);
    }
    return layout;
  }

  private record Key(List<Column> stored, String schema) {}
}

package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Schema;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Schemas a producer has sent, for groups it later sends without one, and so that equal schemas are
 * one instance. Forgets the least recently used beyond a number of members in total.
 */
final class SchemaCache {
  private static final int MAX_MEMBERS = 1 << 20;
  private static final int MAX_SCHEMAS = 4096;

  private final Map<Key, Schema> schemas = new LinkedHashMap<>(64, 0.75f, true);
  private int members;

  /** The schema received under that group and hash, or null. */
  Schema find(String group, long hashHigh, long hashLow) {
    return schemas.get(new Key(group, hashHigh, hashLow));
  }

  void put(String group, long hashHigh, long hashLow, Schema schema) {
    Schema old = schemas.put(new Key(group, hashHigh, hashLow), schema);
    members += schema.size() - (old == null ? 0 : old.size());
    Iterator<Schema> eldest = schemas.values().iterator();
    while (schemas.size() > 1 && (members > MAX_MEMBERS || schemas.size() > MAX_SCHEMAS)) {
      members -= eldest.next().size();
      eldest.remove();
    }
  }

  private record Key(String group, long hashHigh, long hashLow) {}
}

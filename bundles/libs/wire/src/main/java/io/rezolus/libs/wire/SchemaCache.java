package io.rezolus.libs.wire;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Schemas a producer has sent, for groups it later sends without one, and so that equal schemas are
 * one instance. A group's schema changes with every task and cgroup that comes or goes, and a
 * producer does not return to an old one, so only a group's last few are kept; beyond a number of
 * members in total the least recently used are forgotten.
 */
final class SchemaCache {
  private static final int MAX_MEMBERS = 1 << 20;
  private static final int MAX_SCHEMAS = 4096;
  private static final int MAX_PER_GROUP = 2;

  private final Map<Key, SchemaEncoding> schemas = new LinkedHashMap<>(64, 0.75f, true);
  private int members;

  /** The schema received under that group and hash, or null. */
  SchemaEncoding find(String group, long hashHigh, long hashLow) {
    return schemas.get(new Key(group, hashHigh, hashLow));
  }

  /** Remembers a schema under the hash of its encoding. */
  void put(String group, SchemaEncoding schema) {
    Key key = new Key(group, schema.hashHigh(), schema.hashLow());
    SchemaEncoding old = schemas.put(key, schema);
    members += schema.schema().size() - (old == null ? 0 : old.schema().size());
    forgetOld(group);
    Iterator<SchemaEncoding> eldest = schemas.values().iterator();
    while (schemas.size() > 1 && (members > MAX_MEMBERS || schemas.size() > MAX_SCHEMAS)) {
      members -= eldest.next().schema().size();
      eldest.remove();
    }
  }

  private void forgetOld(String group) {
    long excess = schemas.keySet().stream().filter(k -> k.group().equals(group)).count();
    excess -= MAX_PER_GROUP;
    Iterator<Map.Entry<Key, SchemaEncoding>> eldest = schemas.entrySet().iterator();
    while (excess > 0) {
      Map.Entry<Key, SchemaEncoding> entry = eldest.next();
      if (entry.getKey().group().equals(group)) {
        members -= entry.getValue().schema().size();
        eldest.remove();
        excess--;
      }
    }
  }

  private record Key(String group, long hashHigh, long hashLow) {}
}

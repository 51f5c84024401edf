package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What was derived from each group's schema, kept while the group keeps the same schema instance
 * and keeps being sent.
 *
 * @param <T> the derived form
 */
final class SchemaEncodings<T> {
  private final Map<String, Entry<T>> entries = new HashMap<>();
  private final BiFunction<GroupData, T, T> derive;
  private long tick;

  /**
   * @param derive from a group and what was derived from its former schema, null for the first
   */
  SchemaEncodings(BiFunction<GroupData, T, T> derive) {
    this.derive = derive;
  }

  T of(GroupData group) {
    Entry<T> entry = entries.get(group.name());
    if (entry == null || entry.schema != group.schema()) {
      entry =
          new Entry<>(group.schema(), derive.apply(group, entry == null ? null : entry.derived));
      entries.put(group.name(), entry);
    }
    entry.tick = tick;
    return entry.derived;
  }

  /** Ends a snapshot: forgets groups that were not asked for since the last call. */
  void endSnapshot() {
    entries.values().removeIf(entry -> entry.tick != tick);
    tick++;
  }

  private static final class Entry<T> {
    final Schema schema;
    final T derived;
    long tick;

    Entry(Schema schema, T derived) {
      this.schema = schema;
      this.derived = derived;
    }
  }
}

package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The columns of all parts of a table. Columns of two parts are one where name, kind and metadata
 * agree: a name alone may be handed on to something else.
 */
final class ColumnUnion {
  private final List<RecordedColumn> columns = new ArrayList<>();
  private final Map<Key, Integer> ordinals = new HashMap<>();
  private final List<int[]> parts = new ArrayList<>();
  // most parts have the very columns of the one before
  private final Map<List<RecordedColumn>, int[]> known = new IdentityHashMap<>();

  /** Adds the columns of the next part. */
  void add(List<RecordedColumn> part) {
    int[] positions = known.get(part);
    if (positions == null) {
      positions = positions(part);
      known.put(part, positions);
    }
    parts.add(positions);
  }

  private int[] positions(List<RecordedColumn> part) {
    Map<Key, Integer> occurrences = new HashMap<>();
    Map<Integer, Integer> stored = new HashMap<>();
    for (RecordedColumn column : part) {
      Key first = new Key(column.kind(), column.name(), column.metadata(), 0);
      int occurrence = occurrences.merge(first, 1, Integer::sum) - 1;
      Key key = new Key(column.kind(), column.name(), column.metadata(), occurrence);
      Integer ordinal = ordinals.get(key);
      if (ordinal == null) {
        ordinal = columns.size();
        ordinals.put(key, ordinal);
        columns.add(withOrdinal(column, ordinal));
      }
      stored.put(ordinal, column.ordinal());
    }
    int[] positions = new int[columns.size()];
    Arrays.fill(positions, -1);
    stored.forEach((ordinal, position) -> positions[ordinal] = position);
    return positions;
  }

  List<RecordedColumn> columns() {
    return Collections.unmodifiableList(columns);
  }

  /** The column as the part has it; null where it lacks it. */
  RecordedColumn stored(RecordedColumn column, int part) {
    int[] positions = parts.get(part);
    int position = column.ordinal() < positions.length ? positions[column.ordinal()] : -1;
    return position < 0 ? null : withOrdinal(column, position);
  }

  private static RecordedColumn withOrdinal(RecordedColumn column, int ordinal) {
    return new RecordedColumn(
        ordinal,
        column.name(),
        column.kind(),
        column.metric(),
        column.unit(),
        column.labels(),
        column.metadata(),
        column.histogram());
  }

  private record Key(
      MetricKind kind, String name, SortedMap<String, String> metadata, int occurrence) {}
}

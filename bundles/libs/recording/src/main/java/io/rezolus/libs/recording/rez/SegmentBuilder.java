package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Rows of one table that become a segment: one column for each series that has a value. */
final class SegmentBuilder {
  private final List<Long> timestamps = new ArrayList<>();
  private final List<Long> wallOffsets = new ArrayList<>();
  private final LongRows windowBegins = new LongRows();
  private final LongRows windowWidths = new LongRows();
  private final Map<Key, SegmentColumn> columns = new LinkedHashMap<>();
  private boolean grouped;

  /** Begins a row, which comes after all others. */
  void row(long ts, long wallOffset) {
    timestamps.add(ts);
    wallOffsets.add(wallOffset);
  }

  /** Says that the rows' windows are the table's and not each column's. */
  void grouped() {
    grouped = true;
  }

  boolean isGrouped() {
    return grouped;
  }

  /** When the whole current row was read. */
  void window(long begin, long end) {
    int row = current();
    windowBegins.set(row, begin - timestamps.get(row));
    windowWidths.set(row, width(begin, end));
  }

  /** When one value of the current row was read. */
  void window(SegmentColumn column, long begin, long end) {
    int row = current();
    column.window(row, begin - timestamps.get(row), width(begin, end));
  }

  /**
   * The column of a series, which it gets with its first value.
   *
   * @param metadata null where only an earlier row says
   * @return null where there is no such column and no metadata, or the name is one of those that
   *     describe other columns
   */
  SegmentColumn column(MetricKind kind, String name, SortedMap<String, String> metadata) {
    Key key = new Key(kind, name);
    SegmentColumn column = columns.get(key);
    if (column == null
        && metadata != null
        && !name.equals("timestamp")
        && !RecordedColumn.isReserved(name)) {
      column = new SegmentColumn(kind, name, metadata);
      columns.put(key, column);
    }
    return column;
  }

  int rows() {
    return timestamps.size();
  }

  /** Index of the row begun last. */
  int current() {
    return timestamps.size() - 1;
  }

  long timestamp(int row) {
    return timestamps.get(row);
  }

  long wallOffset(int row) {
    return wallOffsets.get(row);
  }

  long firstTs() {
    return timestamps.get(0);
  }

  long lastTs() {
    return timestamps.get(current());
  }

  LongRows windowBegins() {
    return windowBegins;
  }

  LongRows windowWidths() {
    return windowWidths;
  }

  Collection<SegmentColumn> columns() {
    return columns.values();
  }

  private static long width(long begin, long end) {
    return Long.compareUnsigned(end, begin) > 0 ? end - begin : 0;
  }

  private record Key(MetricKind kind, String name) {}
}

package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import io.rezolus.wraps.parquet.ParquetOutput;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects snapshots as rows and makes row groups of them, each of the columns it has cells of. */
final class RowCollector {
  private static final int WIDE = 10_000;

  private final ScalarBuffer timestamps = new ScalarBuffer();
  private final ScalarBuffer durations = new ScalarBuffer();
  private final Map<MetricKind, Map<String, ColumnBuffer>> buffers =
      new EnumMap<>(MetricKind.class);
  private int rows;
  private long histogramBytes;

  RowCollector() {
    for (MetricKind kind : MetricKind.values()) {
      buffers.put(kind, new HashMap<>());
    }
  }

  int rows() {
    return rows;
  }

  /**
   * Adds a row.
   *
   * @param timed whether the snapshot says how long it took
   */
  void add(Snapshot snapshot, boolean timed) {
    timestamps.set(rows, snapshot.systemTimeNanos());
    if (timed) {
      durations.set(rows, snapshot.durationNanos());
    }
    for (GroupData group : snapshot.groups()) {
      add(group);
    }
    rows++;
  }

  /** Whether the cells take more than so much memory; looks when that may have changed. */
  boolean exceeds(long bytesMax) {
    // adding up takes a while, so not in every row unless rows are wide
    boolean addUp = rows % 8 == 0 || columns() > WIDE || histogramBytes > bytesMax;
    return addUp && collectedBytes() > bytesMax;
  }

  /** Columns of the rows, without times. */
  List<ColumnKey> keys() {
    List<ColumnKey> keys = new ArrayList<>(columns());
    buffers.forEach(
        (kind, named) -> named.keySet().forEach(name -> keys.add(new ColumnKey(kind, name))));
    return ColumnCatalogue.sorted(keys);
  }

  /**
   * Makes a parquet file of the rows, with the two columns of times first, and forgets them.
   *
   * @param keys what {@link #keys} says
   */
  byte[] drain(List<ColumnKey> keys, WriteOptions options) throws IOException {
    List<Column> columns = new ArrayList<>(keys.size() + 2);
    columns.add(new Column("timestamp", ColumnType.UINT64, true));
    columns.add(new Column("duration", ColumnType.UINT64, false));
    for (ColumnKey key : keys) {
      columns.add(key.column());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (ParquetOutput out = new ParquetOutput(bytes, columns, options)) {
      out.startRowGroup(rows);
      out.writeColumn(cells -> timestamps.drain(rows, cells));
      out.writeColumn(cells -> durations.drain(rows, cells));
      for (ColumnKey key : keys) {
        // what does not come again, as a process that has ended, keeps no memory
        ColumnBuffer buffer = buffers.get(key.kind()).remove(key.name());
        out.writeColumn(cells -> buffer.drain(rows, cells));
      }
      out.finish(Map.of());
    }
    rows = 0;
    histogramBytes = 0;
    return bytes.toByteArray();
  }

  private void add(GroupData group) {
    List<Member> members = group.schema().counters();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasCounter(i)) {
        scalar(MetricKind.COUNTER, members.get(i).name()).set(rows, group.counter(i));
      }
    }
    members = group.schema().gauges();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasGauge(i)) {
        scalar(MetricKind.GAUGE, members.get(i).name()).set(rows, group.gauge(i));
      }
    }
    members = group.schema().histograms();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasHistogram(i)) {
        histogramBytes += histogram(members.get(i).name()).set(rows, group.histogram(i));
      }
    }
  }

  private ScalarBuffer scalar(MetricKind kind, String name) {
    return (ScalarBuffer) buffers.get(kind).computeIfAbsent(name, key -> new ScalarBuffer());
  }

  private HistogramBuffer histogram(String name) {
    return (HistogramBuffer)
        buffers.get(MetricKind.HISTOGRAM).computeIfAbsent(name, key -> new HistogramBuffer());
  }

  private int columns() {
    return buffers.values().stream().mapToInt(Map::size).sum();
  }

  private long collectedBytes() {
    long bytes = (timestamps.bytes() + durations.bytes());
    for (Map<String, ColumnBuffer> named : buffers.values()) {
      for (ColumnBuffer buffer : named.values()) {
        bytes += buffer.bytes();
      }
    }
    return bytes;
  }
}

package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects snapshots as rows and writes them as row groups: when the largest number of rows is
 * reached, or earlier when the rows are wide and the collected cells fill the memory they may take.
 */
final class RowCollector {
  private static final int WIDE = 10_000;

  private final ParquetTableWriter out;
  private final long bytesMax;
  private final ScalarBuffer timestamps = new ScalarBuffer();
  private final ScalarBuffer durations = new ScalarBuffer();
  private final List<ColumnBuffer> buffers = new ArrayList<>();
  private final Map<String, ScalarBuffer> counters = new HashMap<>();
  private final Map<String, ScalarBuffer> gauges = new HashMap<>();
  private final Map<String, HistogramBuffer> histograms = new HashMap<>();
  private int rows;
  private long histogramBytes;

  /**
   * @param keys the columns in file order
   * @param bytesMax memory for cells of a row group
   */
  RowCollector(ParquetTableWriter out, List<ColumnKey> keys, long bytesMax) {
    this.out = out;
    this.bytesMax = bytesMax;
    buffers.add(timestamps);
    buffers.add(durations);
    for (ColumnKey key : keys) {
      if (key.kind() == MetricKind.HISTOGRAM) {
        HistogramBuffer buffer = new HistogramBuffer();
        histograms.put(key.name(), buffer);
        buffers.add(buffer);
      } else {
        ScalarBuffer buffer = new ScalarBuffer();
        (key.kind() == MetricKind.COUNTER ? counters : gauges).put(key.name(), buffer);
        buffers.add(buffer);
      }
    }
  }

  void add(DecodedSnapshot decoded) throws IOException {
    Snapshot snapshot = decoded.snapshot();
    timestamps.set(rows, snapshot.systemTimeNanos());
    if (decoded.version() != 1) { // which does not say how long it took
      durations.set(rows, snapshot.durationNanos());
    }
    for (GroupData group : snapshot.groups()) {
      add(group);
    }
    rows++;
    // adding up takes a while, so not in every row unless rows are wide
    boolean addUp = rows % 8 == 0 || buffers.size() > WIDE || histogramBytes > bytesMax;
    if (rows == ParquetTableWriter.ROWS_MAX || (addUp && collectedBytes() > bytesMax)) {
      flush();
    }
  }

  /** Writes what has been collected as a row group. */
  void flush() throws IOException {
    if (rows == 0) {
      return;
    }
    out.startRowGroup(rows);
    for (ColumnBuffer buffer : buffers) {
      out.cells(cells -> buffer.drain(rows, cells));
    }
    rows = 0;
    histogramBytes = 0;
  }

  private void add(GroupData group) {
    List<Member> members = group.schema().counters();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasCounter(i)) {
        counters.get(members.get(i).name()).set(rows, group.counter(i));
      }
    }
    members = group.schema().gauges();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasGauge(i)) {
        gauges.get(members.get(i).name()).set(rows, group.gauge(i));
      }
    }
    members = group.schema().histograms();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasHistogram(i)) {
        histogramBytes += histograms.get(members.get(i).name()).set(rows, group.histogram(i));
      }
    }
  }

  private long collectedBytes() {
    long bytes = 0;
    for (ColumnBuffer buffer : buffers) {
      bytes += buffer.bytes();
    }
    return bytes;
  }
}

package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects snapshots as rows, each column in a buffer of its own. */
final class RowCollector {
  private final ColumnCatalogue catalogue;
  private final List<Map<String, Numbers>> numbers = new ArrayList<>();
  private ScalarBuffer timestamps = new ScalarBuffer();
  // by source
  private final List<ScalarBuffer> durations = new ArrayList<>();
  // by number
  private ColumnBuffer[] buffers = new ColumnBuffer[64];
  private int[] present = new int[64];
  private int columns;
  private int rows;
  private long buckets;
  private long bytes;

  RowCollector(ColumnCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Begins a row, which {@link #add} fills. */
  void startRow(long timestampNanos) {
    bytes += timestamps.set(rows++, timestampNanos);
  }

  /**
   * Adds a snapshot to the row.
   *
   * @param timed whether the snapshot says how long it took
   */
  void add(int source, Snapshot snapshot, boolean timed) throws IOException {
    while (durations.size() <= source) {
      durations.add(new ScalarBuffer());
      numbers.add(new HashMap<>());
    }
    if (timed) {
      bytes += durations.get(source).set(rows - 1, snapshot.durationNanos());
    }
    for (GroupData group : snapshot.groups()) {
      Numbers known = numbers.get(source).get(group.name());
      // nearly every snapshot has the schemas of the one before
      if (known == null || known.schema != group.schema()) {
        known = new Numbers(group.schema());
        numbers.get(source).put(group.name(), known);
      }
      add(source, group, known);
    }
  }

  int rows() {
    return rows;
  }

  /** Memory the cells take. */
  long bytes() {
    return bytes;
  }

  /** How many values will have to be encoded. */
  long values() {
    return (long) rows * columns + buckets;
  }

  /** What was collected, which the next row does not belong to. */
  RowBatch take() {
    int[] keys = catalogue.sorted(Arrays.copyOf(present, columns));
    ColumnBuffer[] sorted = new ColumnBuffer[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sorted[i] = buffers[keys[i]];
      // what does not come again, as a process that has ended, keeps no memory
      buffers[keys[i]] = null;
    }
    RowBatch batch = new RowBatch(rows, timestamps, List.copyOf(durations), keys, sorted);
    timestamps = new ScalarBuffer();
    durations.replaceAll(before -> new ScalarBuffer());
    columns = 0;
    rows = 0;
    buckets = 0;
    bytes = 0;
    return batch;
  }

  private void add(int source, GroupData group, Numbers known) throws IOException {
    int row = rows - 1;
    List<Member> members = group.schema().counters();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasCounter(i)) {
        if (known.counters[i] < 0) {
          known.counters[i] = catalogue.number(source, MetricKind.COUNTER, members.get(i));
        }
        bytes += scalar(known.counters[i]).set(row, group.counter(i));
      }
    }
    members = group.schema().gauges();
    for (int i = 0; i < members.size(); i++) {
      if (group.hasGauge(i)) {
        if (known.gauges[i] < 0) {
          known.gauges[i] = catalogue.number(source, MetricKind.GAUGE, members.get(i));
        }
        bytes += scalar(known.gauges[i]).set(row, group.gauge(i));
      }
    }
    for (int i = 0; i < known.histograms.length; i++) {
      if (group.hasHistogram(i)) {
        if (known.histograms[i] < 0) {
          known.histograms[i] = catalogue.histogram(source, group, i);
        }
        long[] values = group.histogram(i);
        buckets += values.length;
        bytes += histogram(known.histograms[i]).set(row, values);
      }
    }
  }

  private ScalarBuffer scalar(int number) {
    ColumnBuffer buffer = number < buffers.length ? buffers[number] : null;
    if (buffer == null) {
      buffer = new ScalarBuffer();
      present(number, buffer);
    }
    return (ScalarBuffer) buffer;
  }

  private HistogramBuffer histogram(int number) {
    ColumnBuffer buffer = number < buffers.length ? buffers[number] : null;
    if (buffer == null) {
      buffer = new HistogramBuffer();
      present(number, buffer);
    }
    return (HistogramBuffer) buffer;
  }

  private void present(int number, ColumnBuffer buffer) {
    if (number >= buffers.length) {
      buffers = Arrays.copyOf(buffers, Math.max(number + 1, 2 * buffers.length));
    }
    if (columns == present.length) {
      present = Arrays.copyOf(present, 2 * columns);
    }
    buffers[number] = buffer;
    present[columns++] = number;
  }

  /** Columns of a schema's members, -1 for those that never had a reading. */
  private static final class Numbers {
    final Schema schema;
    final int[] counters;
    final int[] gauges;
    final int[] histograms;

    Numbers(Schema schema) {
      this.schema = schema;
      counters = unknown(schema.counters().size());
      gauges = unknown(schema.gauges().size());
      histograms = unknown(schema.histograms().size());
    }

    private static int[] unknown(int size) {
      int[] numbers = new int[size];
      Arrays.fill(numbers, -1);
      return numbers;
    }
  }
}

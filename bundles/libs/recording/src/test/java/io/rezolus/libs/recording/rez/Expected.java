package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What an archive has to hold: by table and time, texts of all values. */
final class Expected {
  private final TreeMap<String, TreeMap<Long, Map<String, String>>> tables = new TreeMap<>();

  /** Adds what a row of {@code table} at {@code ts} has from one group. */
  void add(String table, long ts, long offset, GroupData group) {
    Map<String, String> row =
        tables
            .computeIfAbsent(table, name -> new TreeMap<>())
            .computeIfAbsent(ts, time -> new TreeMap<>());
    row.put("offset", Long.toString(offset));
    String window =
        group.windowed() ? "@" + group.windowBeginNanos() + "-" + group.windowEndNanos() : "";
    int i = 0;
    for (Member member : group.schema().counters()) {
      if (group.hasCounter(i)) {
        row.put(key(MetricKind.COUNTER, member.labels()), group.counter(i) + window);
      }
      i++;
    }
    i = 0;
    for (Member member : group.schema().gauges()) {
      if (group.hasGauge(i)) {
        row.put(key(MetricKind.GAUGE, member.labels()), group.gauge(i) + window);
      }
      i++;
    }
    i = 0;
    for (Member member : group.schema().histograms()) {
      if (group.hasHistogram(i)) {
        TreeMap<String, String> labels = new TreeMap<>(member.labels());
        labels.put("grouping_power", Integer.toString(group.groupingPower(i)));
        labels.put("max_value_power", Integer.toString(group.maxValuePower(i)));
        row.put(
            key(MetricKind.HISTOGRAM, labels),
            java.util.Arrays.hashCode(group.histogram(i)) + window);
      }
      i++;
    }
  }

  /** Forgets rows before a time. */
  void evict(long cutoff) {
    tables.values().forEach(rows -> rows.headMap(cutoff).clear());
    tables.values().removeIf(Map::isEmpty);
  }

  TreeMap<String, TreeMap<Long, Map<String, String>>> tables() {
    return tables;
  }

  void expect(Recording recording) throws IOException {
    TreeMap<String, TreeMap<Long, Map<String, String>>> found = read(recording);
    assertEquals(tables.keySet(), found.keySet());
    tables.forEach(
        (name, rows) -> {
          assertEquals(rows.keySet(), found.get(name).keySet(), name);
          rows.forEach((ts, row) -> assertEquals(row, found.get(name).get(ts), name + " at " + ts));
        });
  }

  static TreeMap<String, TreeMap<Long, Map<String, String>>> read(Recording recording)
      throws IOException {
    TreeMap<String, TreeMap<Long, Map<String, String>>> tables = new TreeMap<>();
    for (Table table : recording.tables()) {
      TreeMap<Long, Map<String, String>> rows = new TreeMap<>();
      long last = Long.MIN_VALUE;
      for (int part = 0; part < table.parts(); part++) {
        long[] timestamps = table.timestamps(part);
        Longs offsets = table.wallOffsets(part);
        for (int i = 0; i < timestamps.length; i++) {
          assertEquals(true, timestamps[i] > last, "times increase");
          last = timestamps[i];
          rows.put(timestamps[i], new TreeMap<>(Map.of("offset", "" + offsets.values()[i])));
        }
        for (RecordedColumn column : table.columns()) {
          column(table, column, part, timestamps, rows);
        }
      }
      assertEquals(table.rows(), rows.size());
      tables.put(table.name(), rows);
    }
    return tables;
  }

  private static void column(
      Table table,
      RecordedColumn column,
      int part,
      long[] timestamps,
      TreeMap<Long, Map<String, String>> rows)
      throws IOException {
    Windows windows = table.windows(column, part);
    TreeMap<String, String> labels = new TreeMap<>(column.metadata());
    assertEquals(
        column.kind().name().toLowerCase(java.util.Locale.ROOT), labels.remove("metric_type"));
    String key = key(column.kind(), labels);
    if (column.kind() == MetricKind.HISTOGRAM) {
      long[][] histograms = table.histograms(column, part);
      for (int i = 0; i < histograms.length; i++) {
        if (histograms[i] != null) {
          String value = java.util.Arrays.hashCode(histograms[i]) + window(windows, i);
          rows.get(timestamps[i]).put(key, value);
        }
      }
    } else {
      Longs values = table.values(column, part);
      values.present().stream()
          .forEach(i -> rows.get(timestamps[i]).put(key, values.values()[i] + window(windows, i)));
    }
  }

  private static String window(Windows windows, int row) {
    return windows == null || !windows.present().get(row)
        ? ""
        : "@" + windows.begin()[row] + "-" + windows.end()[row];
  }

  private static String key(MetricKind kind, Map<String, String> labels) {
    return kind + " " + labels;
  }
}

package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.parquet.ArrowField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The columns of a recording: every member that had a reading in any snapshot, with the labels of
 * its first.
 */
final class ColumnCatalogue {
  // rough sizes of the objects that a column and a label need, buffers and footer included
  private static final long COLUMN_BYTES = 2000;
  private static final long LABEL_BYTES = 150;

  private final Map<ColumnKey, Map<String, String>> columns = new HashMap<>();
  // nearly every snapshot has the schemas of the one before, all of whose members are known
  private final Map<String, Schema> complete = new HashMap<>();
  private long labelBytes;

  /**
   * @throws IOException when there are more columns than fit in memory
   */
  void add(Snapshot snapshot) throws IOException {
    for (GroupData group : snapshot.groups()) {
      if (complete.get(group.name()) == group.schema()) {
        continue;
      }
      if (add(group)) {
        complete.put(group.name(), group.schema());
      }
    }
  }

  /** The columns in file order, without {@code timestamp} and {@code duration}. */
  List<ColumnKey> keys() {
    return sorted(columns.keySet());
  }

  /** Columns in file order. */
  static List<ColumnKey> sorted(Collection<ColumnKey> unsorted) {
    Map<ColumnKey, byte[]> bytes = new HashMap<>();
    for (ColumnKey key : unsorted) {
      bytes.put(key, key.name().getBytes(StandardCharsets.UTF_8));
    }
    List<ColumnKey> keys = new ArrayList<>(unsorted);
    keys.sort(
        (a, b) -> {
          int kinds = a.kind().compareTo(b.kind());
          return kinds != 0 ? kinds : Arrays.compareUnsigned(bytes.get(a), bytes.get(b));
        });
    return keys;
  }

  /** All columns of the file and their field metadata, for {@link #keys} in order. */
  List<ArrowField> fields(List<ColumnKey> keys) {
    List<ArrowField> fields = new ArrayList<>(keys.size() + 2);
    fields.add(time("timestamp", false));
    fields.add(time("duration", true));
    for (ColumnKey key : keys) {
      Map<String, String> metadata = new TreeMap<>(columns.get(key));
      switch (key.kind()) {
        case COUNTER -> {
          metadata.put("metric_type", "counter");
          fields.add(new ArrowField(key.name(), ArrowField.Type.UINT64, true, metadata));
        }
        case GAUGE -> {
          metadata.put("metric_type", "gauge");
          fields.add(new ArrowField(key.name(), ArrowField.Type.INT64, true, metadata));
        }
        case HISTOGRAM -> {
          metadata.put("metric_type", "histogram");
          fields.add(
              new ArrowField(key.name() + ":buckets", ArrowField.Type.UINT64_LIST, true, metadata));
        }
      }
    }
    return fields;
  }

  private boolean add(GroupData group) throws IOException {
    boolean all = true;
    List<Member> counters = group.schema().counters();
    for (int i = 0; i < counters.size(); i++) {
      all &= add(MetricKind.COUNTER, counters.get(i), group.hasCounter(i));
    }
    List<Member> gauges = group.schema().gauges();
    for (int i = 0; i < gauges.size(); i++) {
      all &= add(MetricKind.GAUGE, gauges.get(i), group.hasGauge(i));
    }
    List<Member> histograms = group.schema().histograms();
    for (int i = 0; i < histograms.size(); i++) {
      Member member = histograms.get(i);
      boolean read = group.hasHistogram(i);
      if (read && !columns.containsKey(new ColumnKey(MetricKind.HISTOGRAM, member.name()))) {
        // what the buckets came with is right whatever the labels say
        Map<String, String> labels = new TreeMap<>(member.labels());
        labels.put("grouping_power", Integer.toString(group.groupingPower(i)));
        labels.put("max_value_power", Integer.toString(group.maxValuePower(i)));
        member = new Member(member.name(), new TreeMap<>(labels));
      }
      all &= add(MetricKind.HISTOGRAM, member, read);
    }
    return all;
  }

  private boolean add(MetricKind kind, Member member, boolean read) throws IOException {
    ColumnKey key = new ColumnKey(kind, member.name());
    if (columns.containsKey(key)) {
      return true;
    }
    if (read) {
      labelBytes += 2L * member.name().length() + COLUMN_BYTES;
      for (Map.Entry<String, String> label : member.labels().entrySet()) {
        labelBytes += LABEL_BYTES + label.getKey().length() + label.getValue().length();
      }
      if (labelBytes > Runtime.getRuntime().maxMemory() / 4) {
        throw new IOException(
            "more than " + columns.size() + " columns with their labels: too many for memory");
      }
      columns.put(key, new TreeMap<>(member.labels()));
    }
    return read;
  }

  private static ArrowField time(String name, boolean nullable) {
    Map<String, String> metadata = Map.of("metric_type", name, "unit", "nanoseconds");
    return new ArrowField(name, ArrowField.Type.UINT64, nullable, metadata);
  }
}

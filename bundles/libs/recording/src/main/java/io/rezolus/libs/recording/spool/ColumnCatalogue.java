package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The columns of a recording: every member that had a reading in any snapshot, with the labels of
 * its first, numbered as they come.
 */
final class ColumnCatalogue {
  // what a column and a label need, here and when the schema is written
  private static final long COLUMN_BYTES = 700;
  private static final long LABEL_BYTES = 60;

  private final Map<ColumnKey, Integer> numbers = new HashMap<>();
  private final List<ColumnKey> keys = new ArrayList<>();
  // by number: keys and values in turn
  private final List<String[]> labels = new ArrayList<>();
  // most labels are those of many columns
  private final Map<String, String> texts = new HashMap<>();
  private long bytes;

  int size() {
    return keys.size();
  }

  ColumnKey key(int number) {
    return keys.get(number);
  }

  /** Number of a column that may be new. */
  int number(int source, MetricKind kind, Member member) throws IOException {
    return number(new ColumnKey(source, kind, member.name()), member.labels());
  }

  /** Number of a histogram's column that may be new; the group has a reading of it. */
  int histogram(int source, GroupData group, int index) throws IOException {
    Member member = group.schema().histograms().get(index);
    ColumnKey key = new ColumnKey(source, MetricKind.HISTOGRAM, member.name());
    // what the buckets came with is right whatever the labels say
    SortedMap<String, String> all = new TreeMap<>(member.labels());
    all.put("grouping_power", Integer.toString(group.groupingPower(index)));
    all.put("max_value_power", Integer.toString(group.maxValuePower(index)));
    return number(key, all);
  }

  /** Numbers of columns in file order. */
  int[] sorted(int[] unsorted) {
    byte[][] names = new byte[keys.size()][];
    Integer[] order = new Integer[unsorted.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = unsorted[i];
      names[unsorted[i]] = keys.get(unsorted[i]).name().getBytes(StandardCharsets.UTF_8);
    }
    Arrays.sort(
        order,
        (a, b) -> {
          ColumnKey first = keys.get(a);
          ColumnKey second = keys.get(b);
          int before = Integer.compare(first.source(), second.source());
          before = before != 0 ? before : first.kind().compareTo(second.kind());
          return before != 0 ? before : Arrays.compareUnsigned(names[a], names[b]);
        });
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** The column as parquet knows it. */
  Column column(int number) {
    ColumnKey key = keys.get(number);
    return switch (key.kind()) {
      case COUNTER -> new Column(key.name(), ColumnType.UINT64, false);
      case GAUGE -> new Column(key.name(), ColumnType.INT64, false);
      case HISTOGRAM -> new Column(key.name() + ":buckets", ColumnType.UINT64_LIST, false);
    };
  }

  /** The column as the schema describes it. */
  ArrowField field(int number) {
    Map<String, String> metadata = new TreeMap<>();
    String[] pairs = labels.get(number);
    for (int i = 0; i < pairs.length; i += 2) {
      metadata.put(pairs[i], pairs[i + 1]);
    }
    ColumnKey key = keys.get(number);
    return switch (key.kind()) {
      case COUNTER -> {
        metadata.put("metric_type", "counter");
        yield new ArrowField(key.name(), ArrowField.Type.UINT64, true, metadata);
      }
      case GAUGE -> {
        metadata.put("metric_type", "gauge");
        yield new ArrowField(key.name(), ArrowField.Type.INT64, true, metadata);
      }
      case HISTOGRAM -> {
        metadata.put("metric_type", "histogram");
        yield new ArrowField(key.name() + ":buckets", ArrowField.Type.UINT64_LIST, true, metadata);
      }
    };
  }

  private int number(ColumnKey key, Map<String, String> labelled) throws IOException {
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    bytes += COLUMN_BYTES + 4L * key.name().length();
    String[] pairs = new String[2 * labelled.size()];
    int i = 0;
    for (Map.Entry<String, String> label : labelled.entrySet()) {
      pairs[i++] = shared(label.getKey());
      pairs[i++] = shared(label.getValue());
      bytes += LABEL_BYTES;
    }
    if (bytes > Runtime.getRuntime().maxMemory() / 3 * 2) {
      throw new IOException(
          "more than " + keys.size() + " columns with their labels: too many for memory");
    }
    int number = keys.size();
    numbers.put(key, number);
    keys.add(key);
    labels.add(pairs);
    return number;
  }

  private String shared(String text) {
    String known = texts.putIfAbsent(text, text);
    if (known == null) {
      bytes += 6L * text.length() + LABEL_BYTES;
    }
    return known == null ? text : known;
  }
}

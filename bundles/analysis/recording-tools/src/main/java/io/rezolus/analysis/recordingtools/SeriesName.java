package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.RecordedColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Names of series for people: {@code cpu_usage{id="0",state="user"}}. */
final class SeriesName {
  private SeriesName() {}

  /** A different name for each column, in order; where labels do not suffice, with its column. */
  static List<String> unique(List<RecordedColumn> columns) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>(columns.size());
    for (RecordedColumn column : columns) {
      String name = of(column.metric(), column.labels());
      for (int i = 1; !taken.add(name); i++) {
        Map<String, String> more = new TreeMap<>(column.labels());
        more.put("column", i == 1 ? column.name() : column.name() + "#" + i);
        name = of(column.metric(), more);
      }
      names.add(name);
    }
    return names;
  }

  private static String of(String metric, Map<String, String> labels) {
    if (labels.isEmpty()) {
      return metric;
    }
    StringJoiner joined = new StringJoiner(",", metric + "{", "}");
    labels.forEach((key, value) -> joined.add(key + "=\"" + escape(value) + "\""));
    return joined.toString();
  }

  /** A label value as Prometheus writes it between quotes. */
  static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Names as OpenMetrics wants them: a family ends in its unit, no two families have a sample of one
 * name, no two series of a family have the same labels.
 */
final class OpenMetricsNames {
  private final Set<String> taken = new HashSet<>();

  /**
   * Series of one metric and kind.
   *
   * @param unit at the end of the name; null for none
   * @param labels of each column, as they are written between braces; may be empty
   */
  record Family(
      String name,
      MetricKind kind,
      String metric,
      String unit,
      List<RecordedColumn> columns,
      List<String> labels) {}

  /** The families of columns, by name. */
  static List<Family> families(List<RecordedColumn> columns) {
    Map<String, List<RecordedColumn>> groups = new TreeMap<>();
    for (RecordedColumn column : columns) {
      String key = column.metric() + '\0' + kind(column) + '\0' + column.unit();
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(column);
    }
    OpenMetricsNames names = new OpenMetricsNames();
    List<Family> families = new ArrayList<>();
    for (List<RecordedColumn> group : groups.values()) {
      families.add(names.family(group));
    }
    return families;
  }

  /** How long the agent took to sample is stored like a counter and is none. */
  private static MetricKind kind(RecordedColumn column) {
    return column.name().equals("duration") && column.metric().equals("duration")
        ? MetricKind.GAUGE
        : column.kind();
  }

  private Family family(List<RecordedColumn> columns) {
    RecordedColumn first = columns.get(0);
    MetricKind kind = kind(first);
    String base = sanitized(first.metric());
    if (kind == MetricKind.COUNTER && base.endsWith("_total") && base.length() > 6) {
      base = base.substring(0, base.length() - 6);
    }
    String unit = unit(first.unit());
    String suffix = unit == null ? "" : "_" + unit;
    if (base.endsWith(suffix)) {
      base = base.substring(0, base.length() - suffix.length());
    }
    String name = base + suffix;
    for (int i = 1; !take(name, kind); i++) {
      String kindName = kind.name().toLowerCase(Locale.ROOT);
      name = base + "_" + kindName + (i == 1 ? "" : i) + suffix;
    }
    return new Family(name, kind, first.metric(), unit, columns, labels(columns, kind));
  }

  private boolean take(String name, MetricKind kind) {
    List<String> samples =
        switch (kind) {
          case COUNTER -> List.of(name, name + "_total", name + "_created");
          case GAUGE -> List.of(name);
          case HISTOGRAM ->
              List.of(name, name + "_bucket", name + "_count", name + "_sum", name + "_created");
        };
    if (samples.stream().anyMatch(taken::contains)) {
      return false;
    }
    taken.addAll(samples);
    return true;
  }

  private static List<String> labels(List<RecordedColumn> columns, MetricKind kind) {
    Set<String> seen = new HashSet<>();
    List<String> all = new ArrayList<>();
    for (RecordedColumn column : columns) {
      String labels = labels(column.labels(), kind);
      for (int i = 1; !seen.add(labels); i++) {
        Map<String, String> more = new TreeMap<>(column.labels());
        more.put("column", i == 1 ? column.name() : column.name() + "#" + i);
        labels = labels(more, kind);
      }
      all.add(labels);
    }
    return all;
  }

  private static String labels(Map<String, String> labels, MetricKind kind) {
    StringJoiner joined = new StringJoiner(",");
    Set<String> names = new HashSet<>();
    if (kind == MetricKind.HISTOGRAM) {
      names.add("le");
    }
    labels.forEach(
        (key, value) -> {
          String name = sanitized(key).replace(':', '_');
          while (!names.add(name)) {
            name += "_";
          }
          joined.add(name + "=\"" + SeriesName.escape(value) + "\"");
        });
    return joined.toString();
  }

  private static String sanitized(String name) {
    String legal = name.replaceAll("[^A-Za-z0-9_:]", "_");
    return legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
  }

  /** A unit that can end a name; {@code bytes/second} becomes {@code bytes_per_second}. */
  private static String unit(String unit) {
    if (unit == null) {
      return null;
    }
    String legal =
        unit.replace("/", "_per_").replaceAll("[^A-Za-z0-9_]", "_").replaceAll("^_+|_+$", "");
    boolean reserved =
        Set.of("", "total", "created", "count", "sum", "bucket", "info", "gcount", "gsum")
            .contains(legal);
    return reserved ? null : legal;
  }
}

package io.rezolus.libs.recording;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One series of a recording.
 *
 * @param ordinal position among the file's columns; names are not unique
 * @param name column name, opaque
 * @param kind by the type of the values: unsigned, signed, list
 * @param metric metric name
 * @param unit unit of the values; may be null
 * @param labels what tells series of one metric apart, {@code sampler}, {@code source} and {@code
 *     endpoint} among them
 * @param metadata all key-values of the column as stored, labels among them
 * @param histogram how a histogram's buckets are laid out; null for the other kinds
 */
public record RecordedColumn(
    int ordinal,
    String name,
    MetricKind kind,
    String metric,
    String unit,
    SortedMap<String, String> labels,
    SortedMap<String, String> metadata,
    HistogramConfig histogram) {
  /**
   * Key of a power of ten that a scalar column's values are stored multiplied with, so that
   * fractions survive in integers. No label.
   */
  public static final String VALUE_SCALE = "value_scale";

  private static final String BUCKETS = ":buckets";
  private static final List<String> NOT_LABELS =
      List.of(
          "metric",
          "metric_type",
          "unit",
          "grouping_power",
          "max_value_power",
          "description",
          VALUE_SCALE,
          "acq_group");

  public RecordedColumn {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * A column as its stored key-values describe it.
   *
   * @param kind by the type of the values
   * @return null for a histogram without a legal configuration, which nobody can read
   */
  public static RecordedColumn of(
      int ordinal, String name, MetricKind kind, Map<String, String> metadata) {
    HistogramConfig histogram = kind == MetricKind.HISTOGRAM ? configuration(metadata) : null;
    if (kind == MetricKind.HISTOGRAM && histogram == null) {
      return null;
    }
    String bare =
        name.endsWith(BUCKETS) ? name.substring(0, name.length() - BUCKETS.length()) : name;
    SortedMap<String, String> labels = new TreeMap<>(metadata);
    labels.keySet().removeAll(NOT_LABELS);
    return new RecordedColumn(
        ordinal,
        name,
        kind,
        metadata.getOrDefault("metric", bare),
        metadata.get("unit"),
        labels,
        new TreeMap<>(metadata),
        histogram);
  }

  private static HistogramConfig configuration(Map<String, String> metadata) {
    try {
      int groupingPower = Integer.parseInt(metadata.getOrDefault("grouping_power", ""));
      int maxValuePower = Integer.parseInt(metadata.getOrDefault("max_value_power", ""));
      return HistogramConfig.isLegal(groupingPower, maxValuePower)
          ? new HistogramConfig(groupingPower, maxValuePower)
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether a column of this name describes other columns and is no series. */
  public static boolean isReserved(String name) {
    return name.equals(":wall_offset")
        || name.endsWith(":window_begin")
        || name.endsWith(":window_width");
  }

  /** What stored values are to be divided by; 1 for nearly every column. */
  public double valueScale() {
    String scale = metadata.get(VALUE_SCALE);
    return scale != null && scale.matches("10{1,9}") ? Double.parseDouble(scale) : 1;
  }

  /** Value of a label, or an empty text. */
  public String label(String key) {
    return labels.getOrDefault(key, "");
  }
}

package io.rezolus.libs.recording;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import java.util.Collections;
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
 * @param histogram how a histogram's buckets are laid out; null for the other kinds
 */
public record RecordedColumn(
    int ordinal,
    String name,
    MetricKind kind,
    String metric,
    String unit,
    SortedMap<String, String> labels,
    HistogramConfig histogram) {
  public RecordedColumn {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Value of a label, or an empty text. */
  public String label(String key) {
    return labels.getOrDefault(key, "");
  }
}

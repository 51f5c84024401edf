package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of one series in a segment, and for tables without common windows its own windows. */
final class SegmentColumn {
  private final MetricKind kind;
  private final String name;
  private final SortedMap<String, String> metadata;
  private final LongRows scalars = new LongRows();
  private final List<long[]> histograms = new ArrayList<>();
  private LongRows windowBegins;
  private LongRows windowWidths;

  /**
   * @param metadata as the producer sent it
   */
  SegmentColumn(MetricKind kind, String name, SortedMap<String, String> metadata) {
    this.kind = kind;
    this.name = name;
    this.metadata = new TreeMap<>(metadata);
    this.metadata.put("metric_type", kind.name().toLowerCase(java.util.Locale.ROOT));
  }

  MetricKind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  SortedMap<String, String> metadata() {
    return metadata;
  }

  void scalar(int row, long value) {
    scalars.set(row, value);
  }

  /** The configuration of the first reading is the column's. */
  void histogram(int row, HistogramConfig config, long[] buckets) {
    if (histograms.isEmpty()) {
      metadata.put("grouping_power", Integer.toString(config.groupingPower()));
      metadata.put("max_value_power", Integer.toString(config.maxValuePower()));
    }
    while (histograms.size() <= row) {
      histograms.add(null);
    }
    histograms.set(row, buckets);
  }

  void window(int row, long begin, long width) {
    if (windowBegins == null) {
      windowBegins = new LongRows();
      windowWidths = new LongRows();
    }
    windowBegins.set(row, begin);
    windowWidths.set(row, width);
  }

  LongRows scalars() {
    return scalars;
  }

  long[] histogram(int row) {
    return row < histograms.size() ? histograms.get(row) : null;
  }

  /** Null where no row has a window. */
  LongRows windowBegins() {
    return windowBegins;
  }

  LongRows windowWidths() {
    return windowWidths;
  }
}

package io.rezolus.libs.recording;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A parquet recording. Opening reads the footer; values are decoded as they are asked for. */
public final class Recording {
  static final String ARROW_SCHEMA = "ARROW:schema";
  private static final String BUCKETS = ":buckets";
  private static final List<String> NOT_LABELS =
      List.of("metric", "metric_type", "unit", "grouping_power", "max_value_power");

  private final ParquetFile file;
  private final int timestamp;
  private final List<RecordedColumn> columns;
  private final SortedMap<String, String> keyValues;

  private Recording(
      ParquetFile file,
      int timestamp,
      List<RecordedColumn> columns,
      SortedMap<String, String> keyValues) {
    this.file = file;
    this.timestamp = timestamp;
    this.columns = Collections.unmodifiableList(columns);
    this.keyValues = Collections.unmodifiableSortedMap(keyValues);
  }

  /**
   * Opens a recording.
   *
   * @throws IOException when it cannot be read, or is no recording
   */
  public static Recording open(Path path) throws IOException {
    ParquetFile file = ParquetFile.open(path);
    List<ArrowField> fields = List.of();
    String schema = file.keyValues().get(ARROW_SCHEMA);
    if (schema != null) {
      try {
        fields = ArrowSchemaReader.read(schema);
      } catch (IOException e) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
    }
    int timestamp = -1;
    List<RecordedColumn> columns = new ArrayList<>();
    for (int i = 0; i < file.columns().size(); i++) {
      Column column = file.columns().get(i);
      Map<String, String> metadata = i < fields.size() ? fields.get(i).metadata() : Map.of();
      if (column.name().equals("timestamp") && column.type() != ColumnType.UINT64_LIST) {
        timestamp = i;
      } else if (!isReserved(column.name())) {
        RecordedColumn recorded = recorded(i, column, metadata);
        if (recorded != null) {
          columns.add(recorded);
        }
      }
    }
    if (timestamp < 0 || file.columns().get(timestamp).type() == ColumnType.OTHER) {
      throw new IOException(path + ": not a recording: it has no column \"timestamp\"");
    }
    TreeMap<String, String> keyValues = new TreeMap<>(file.keyValues());
    keyValues.remove(ARROW_SCHEMA);
    return new Recording(file, timestamp, columns, keyValues);
  }

  /** File-level metadata; a value may be null. */
  public SortedMap<String, String> keyValues() {
    return keyValues;
  }

  /** All series in file order, {@code duration} among them as a counter. */
  public List<RecordedColumn> columns() {
    return columns;
  }

  public long rows() {
    return file.rows();
  }

  public int rowGroups() {
    return file.rowGroups();
  }

  /** Wall-clock times of a row group's rows, nanoseconds since the Unix epoch. */
  public long[] timestamps(int rowGroup) throws IOException {
    return file.readLongs(rowGroup, timestamp).values();
  }

  /** Values of a counter or gauge in one row group. */
  public Longs values(RecordedColumn column, int rowGroup) throws IOException {
    return file.readLongs(rowGroup, column.ordinal());
  }

  /**
   * Bucket counts of a histogram in one row group, one array per row; null where the row has none,
   * or one whose length contradicts the column's configuration.
   */
  public long[][] histograms(RecordedColumn column, int rowGroup) throws IOException {
    long[][] rows = file.readLists(rowGroup, column.ordinal());
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null && rows[i].length != column.histogram().bucketCount()) {
        rows[i] = null;
      }
    }
    return rows;
  }

  private static RecordedColumn recorded(int ordinal, Column column, Map<String, String> metadata) {
    MetricKind kind =
        switch (column.type()) {
          case UINT64 -> MetricKind.COUNTER;
          case INT64 -> MetricKind.GAUGE;
          case UINT64_LIST -> MetricKind.HISTOGRAM;
          case OTHER -> null;
        };
    HistogramConfig histogram = kind == MetricKind.HISTOGRAM ? configuration(metadata) : null;
    if (kind == null || (kind == MetricKind.HISTOGRAM && histogram == null)) {
      return null;
    }
    String name = column.name();
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

  private static boolean isReserved(String name) {
    return name.equals(":wall_offset")
        || name.endsWith(":window_begin")
        || name.endsWith(":window_width");
  }
}

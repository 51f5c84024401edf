package io.rezolus.libs.recording.parquet;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.ParquetFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The table that a parquet file is; its row groups are the parts. */
final class ParquetTable implements Table {
  private final ParquetFile file;
  private final int timestamp;
  private final List<RecordedColumn> columns;
  private final AcquisitionWindows windows;

  private ParquetTable(
      ParquetFile file, int timestamp, List<RecordedColumn> columns, AcquisitionWindows windows) {
    this.file = file;
    this.timestamp = timestamp;
    this.columns = Collections.unmodifiableList(columns);
    this.windows = windows;
  }

  /**
   * @param fields the file's Arrow schema, one field per column; fewer where it has none
   * @throws IOException when it has no timestamps; the message does not name the file
   */
  static ParquetTable of(ParquetFile file, List<ArrowField> fields) throws IOException {
    int timestamp = -1;
    List<RecordedColumn> columns = new ArrayList<>();
    for (int i = 0; i < file.columns().size(); i++) {
      Column column = file.columns().get(i);
      Map<String, String> metadata = i < fields.size() ? fields.get(i).metadata() : Map.of();
      if (column.name().equals("timestamp") && column.type() != ColumnType.UINT64_LIST) {
        timestamp = i;
      } else if (!RecordedColumn.isReserved(column.name())) {
        MetricKind kind = kind(column.type());
        RecordedColumn recorded =
            kind == null ? null : RecordedColumn.of(i, column.name(), kind, metadata);
        if (recorded != null) {
          columns.add(recorded);
        }
      }
    }
    if (timestamp < 0 || file.columns().get(timestamp).type() == ColumnType.OTHER) {
      throw new IOException("not a recording: it has no column \"timestamp\"");
    }
    return new ParquetTable(file, timestamp, columns, AcquisitionWindows.of(file.columns()));
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public List<RecordedColumn> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return file.rows();
  }

  @Override
  public int parts() {
    return file.rowGroups();
  }

  @Override
  public int rows(int part) {
    return file.rows(part);
  }

  @Override
  public long[] timestamps(int part) throws IOException {
    return file.readLongs(part, timestamp).values();
  }

  @Override
  public Longs values(RecordedColumn column, int part) throws IOException {
    return file.readLongs(part, column.ordinal());
  }

  @Override
  public long[][] histograms(RecordedColumn column, int part) throws IOException {
    long[][] rows = file.readLists(part, column.ordinal());
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null && rows[i].length != column.histogram().bucketCount()) {
        rows[i] = null;
      }
    }
    return rows;
  }

  @Override
  public Windows windows(RecordedColumn column, int part) throws IOException {
    return windows.read(file, column, part, timestamps(part));
  }

  @Override
  public Longs wallOffsets(int part) throws IOException {
    int ordinal = windows.wallOffset();
    return ordinal < 0 ? null : file.readLongs(part, ordinal);
  }

  private static MetricKind kind(ColumnType type) {
    return switch (type) {
      case UINT64 -> MetricKind.COUNTER;
      case INT64 -> MetricKind.GAUGE;
      case UINT64_LIST -> MetricKind.HISTOGRAM;
      case OTHER -> null;
    };
  }
}

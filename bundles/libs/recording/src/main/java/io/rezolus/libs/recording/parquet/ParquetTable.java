package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.ParquetFile;
import java.io.IOException;
import java.util.List;

/** The table that a parquet file is; its row groups are the parts. */
final class ParquetTable implements Table {
  private final ParquetFile file;
  private final TableLayout layout;

  ParquetTable(ParquetFile file, TableLayout layout) {
    this.file = file;
    this.layout = layout;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public List<RecordedColumn> columns() {
    return layout.columns();
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
    return file.readLongs(part, layout.timestamp()).values();
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
    return layout.windows().read(file, column, part, timestamps(part));
  }

  @Override
  public Longs wallOffsets(int part) throws IOException {
    int ordinal = layout.windows().wallOffset();
    return ordinal < 0 ? null : file.readLongs(part, ordinal);
  }
}

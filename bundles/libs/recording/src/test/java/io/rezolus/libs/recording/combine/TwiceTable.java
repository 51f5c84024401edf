package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A table that has every column of another twice, as some old combinations have. */
record TwiceTable(Table table) implements Table {
  @Override
  public String name() {
    return table.name();
  }

  @Override
  public List<RecordedColumn> columns() {
    List<RecordedColumn> columns = new ArrayList<>(table.columns());
    columns.addAll(table.columns());
    return columns;
  }

  @Override
  public long rows() {
    return table.rows();
  }

  @Override
  public int parts() {
    return table.parts();
  }

  @Override
  public int rows(int part) {
    return table.rows(part);
  }

  @Override
  public long[] timestamps(int part) throws IOException {
    return table.timestamps(part);
  }

  @Override
  public Longs values(RecordedColumn column, int part) throws IOException {
    return table.values(column, part);
  }

  @Override
  public long[][] histograms(RecordedColumn column, int part) throws IOException {
    return table.histograms(column, part);
  }

  @Override
  public Windows windows(RecordedColumn column, int part) throws IOException {
    return table.windows(column, part);
  }

  @Override
  public Longs wallOffsets(int part) throws IOException {
    return table.wallOffsets(part);
  }
}

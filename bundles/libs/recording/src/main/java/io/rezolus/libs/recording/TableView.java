package io.rezolus.libs.recording;

import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.List;

/**
 * A table seen with other columns than it says it has, of which each is read as the table's own of
 * the same ordinal.
 */
public record TableView(Table table, List<RecordedColumn> columns) implements Table {
  public TableView {
    columns = List.copyOf(columns);
  }

  @Override
  public String name() {
    return table.name();
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

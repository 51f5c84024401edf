package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.util.List;

/**
 * Columns of a table whose rows are elsewhere.
 *
 * @param columns all of them
 */
record NoRows(List<RecordedColumn> columns) implements Table {
  @Override
  public String name() {
    return "";
  }

  @Override
  public long rows() {
    return 0;
  }

  @Override
  public int parts() {
    return 0;
  }

  @Override
  public int rows(int part) {
    throw none();
  }

  @Override
  public long[] timestamps(int part) {
    throw none();
  }

  @Override
  public Longs values(RecordedColumn column, int part) {
    throw none();
  }

  @Override
  public long[][] histograms(RecordedColumn column, int part) {
    throw none();
  }

  @Override
  public Windows windows(RecordedColumn column, int part) {
    throw none();
  }

  @Override
  public Longs wallOffsets(int part) {
    throw none();
  }

  private static IndexOutOfBoundsException none() {
    return new IndexOutOfBoundsException("a table without parts");
  }
}

package io.rezolus.wraps.parquet;

import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;

/** Turns rows into values with definition and repetition levels. */
final class ColumnCells implements Cells {
  private final ColumnWriteStore store;
  private final ColumnWriter writer;
  private final Column column;
  private int rows;

  ColumnCells(Column column, ColumnWriteStore store, ColumnWriter writer) {
    this.column = column;
    this.store = store;
    this.writer = writer;
  }

  int rows() {
    return rows;
  }

  @Override
  public void absent() {
    if (column.required()) {
      throw new IllegalStateException(column.name() + ": every row needs a value");
    }
    writer.writeNull(0, 0);
    endRow();
  }

  @Override
  public void value(long value) {
    writer.write(value, 0, column.required() ? 0 : 1);
    endRow();
  }

  @Override
  public void list(long[] values, int length) {
    int defined = column.required() ? 2 : 3;
    for (int i = 0; i < length; i++) {
      writer.write(values[i], i == 0 ? 0 : 1, defined);
    }
    endRow();
  }

  private void endRow() {
    store.endRecord();
    rows++;
  }
}

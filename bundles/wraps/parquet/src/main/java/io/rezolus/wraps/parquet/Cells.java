package io.rezolus.wraps.parquet;

/** Where the writer of a column puts its values: one call per row, in row order. */
public interface Cells {
  /** The next row has no value. */
  void absent();

  /** The next row of a scalar column. */
  void value(long value);

  /**
   * The next row of a list column.
   *
   * @param length how many of {@code values} it has, at least one
   */
  void list(long[] values, int length);
}

package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.Cells;

/**
 * The cells of one column in the row group being collected. A row may be set once or not at all,
 * and a repeated set of one row keeps the last value.
 */
interface ColumnBuffer {
  /** How many values {@link #drain} hands out. */
  long values(int rows);

  /** Writes {@code rows} rows. */
  void drain(int rows, Cells out);
}

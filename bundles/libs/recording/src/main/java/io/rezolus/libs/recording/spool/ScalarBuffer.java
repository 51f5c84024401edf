package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.Cells;
import java.util.Arrays;

/**
 * Cells of a counter, gauge or time column. Takes memory from the first row that is set to the last
 * one: what lives for a moment, as a process, is small wherever that moment is.
 */
final class ScalarBuffer implements ColumnBuffer {
  private static final int CELLS = 4;
  private static final int OBJECTS_BYTES = 96;

  private long[] values = new long[CELLS];
  // a bit for each value
  private long[] present = new long[1];
  private int first = -1;
  private int end;

  /** Sets a cell and returns how much more memory that takes. Rows only ever grow. */
  int set(int row, long value) {
    int more = OBJECTS_BYTES + 8;
    if (first < 0) {
      first = row;
    } else {
      more = 8 * (row + 1 - end);
    }
    int at = row - first;
    if (at >= values.length) {
      int length = Math.max(at + 1, values.length * 2);
      values = Arrays.copyOf(values, length);
      present = Arrays.copyOf(present, (length + 63) / 64);
    }
    values[at] = value;
    present[at / 64] |= 1L << at;
    end = row + 1;
    return more;
  }

  @Override
  public long values(int rows) {
    return rows;
  }

  @Override
  public void drain(int rows, Cells out) {
    for (int row = 0; row < rows; row++) {
      int at = row - first;
      if (first >= 0 && at >= 0 && row < end && (present[at / 64] & 1L << at) != 0) {
        out.value(values[at]);
      } else {
        out.absent();
      }
    }
  }
}

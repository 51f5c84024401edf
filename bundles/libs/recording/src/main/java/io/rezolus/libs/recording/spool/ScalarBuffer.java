package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.Cells;
import java.util.Arrays;
import java.util.BitSet;

/** Cells of a counter, gauge or time column. */
final class ScalarBuffer implements ColumnBuffer {
  private long[] values = new long[16];
  private final BitSet present = new BitSet();

  void set(int row, long value) {
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, values.length * 2));
    }
    values[row] = value;
    present.set(row);
  }

  @Override
  public int bytes() {
    return present.length() * 8;
  }

  @Override
  public void drain(int rows, Cells out) {
    for (int row = 0; row < rows; row++) {
      if (present.get(row)) {
        out.value(values[row]);
      } else {
        out.absent();
      }
    }
    present.clear();
  }
}

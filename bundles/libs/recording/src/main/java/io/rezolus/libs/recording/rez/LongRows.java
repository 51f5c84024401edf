package io.rezolus.libs.recording.rez;

import java.util.Arrays;
import java.util.BitSet;

/** A growing column of numbers; rows that are not set have none. */
final class LongRows {
  private long[] values = new long[16];
  private final BitSet present = new BitSet();

  void set(int row, long value) {
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, values.length * 2));
    }
    values[row] = value;
    present.set(row);
  }

  boolean has(int row) {
    return present.get(row);
  }

  long get(int row) {
    return values[row];
  }
}

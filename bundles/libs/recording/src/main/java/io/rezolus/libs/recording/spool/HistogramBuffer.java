package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.Cells;
import java.util.Arrays;

/**
 * Cells of a histogram column. Most of a histogram's 496 buckets are zero, so a cell is kept as
 * variable-length numbers: the bucket count, then for each bucket with a count the distance from
 * the one before and the count, and a zero to end.
 */
final class HistogramBuffer implements ColumnBuffer {
  private static final int OBJECTS_BYTES = 250;

  private byte[] packed = new byte[64];
  private int length;
  // position plus one, so that a fresh array says that no row is set
  private int[] starts = new int[16];
  private long values;

  /** Sets a cell and returns how much more memory that takes. */
  int set(int row, long[] buckets) {
    int before = length == 0 ? -OBJECTS_BYTES : packed.length + 4 * starts.length;
    if (row >= starts.length) {
      starts = Arrays.copyOf(starts, Math.max(row + 1, starts.length * 2));
    }
    starts[row] = length + 1;
    values += buckets.length;
    put(buckets.length);
    int previous = -1;
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] != 0) {
        put(i - previous);
        put(buckets[i]);
        previous = i;
      }
    }
    put(0);
    return packed.length + 4 * starts.length - before;
  }

  @Override
  public long values(int rows) {
    return rows + values;
  }

  @Override
  public void drain(int rows, Cells out) {
    long[] buckets = new long[0];
    int known = Math.min(rows, starts.length);
    for (int row = 0; row < rows; row++) {
      if (row >= known || starts[row] == 0) {
        out.absent();
        continue;
      }
      Reader reader = new Reader(starts[row] - 1);
      int count = (int) reader.next();
      if (buckets.length != count) {
        buckets = new long[count];
      } else {
        Arrays.fill(buckets, 0);
      }
      int at = -1;
      for (int distance = (int) reader.next(); distance != 0; distance = (int) reader.next()) {
        at += distance;
        buckets[at] = reader.next();
      }
      out.list(buckets, count);
    }
  }

  private void put(long number) {
    if (packed.length - length < 10) {
      packed = Arrays.copyOf(packed, packed.length + packed.length / 2 + 10);
    }
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      packed[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    packed[length++] = (byte) rest;
  }

  private final class Reader {
    private int at;

    Reader(int at) {
      this.at = at;
    }

    long next() {
      long number = 0;
      for (int shift = 0; ; shift += 7) {
        byte part = packed[at++];
        number |= (long) (part & 0x7F) << shift;
        if (part >= 0) {
          return number;
        }
      }
    }
  }
}

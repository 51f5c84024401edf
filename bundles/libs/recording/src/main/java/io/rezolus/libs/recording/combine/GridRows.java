package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of a table on a grid of moments: one per slot, the nearest where several would fall on
 * it.
 *
 * @param slots moments in nanoseconds, ascending
 * @param rows position of the row among all rows of the table
 * @param times when the row was really taken
 */
record GridRows(long[] slots, int[] rows, long[] times) {
  /**
   * @param interval width of a slot in nanoseconds
   */
  static GridRows of(Table table, long interval) throws IOException {
    long[] times = times(table);
    int[] order = order(times);
    long[] slots = new long[times.length];
    int[] rows = new int[times.length];
    int count = 0;
    for (int i = 0; i < times.length; i++) {
      int row = order == null ? i : order[i];
      long slot = slot(times[row], interval);
      if (count > 0 && slots[count - 1] == slot) {
        if (Math.abs(times[row] - slot) < Math.abs(times[rows[count - 1]] - slot)) {
          rows[count - 1] = row;
        }
      } else {
        slots[count] = slot;
        rows[count++] = row;
      }
    }
    long[] taken = new long[count];
    for (int i = 0; i < count; i++) {
      taken[i] = times[rows[i]];
    }
    return new GridRows(Arrays.copyOf(slots, count), Arrays.copyOf(rows, count), taken);
  }

  /** The multiple of the interval nearest to a moment, the later of two. */
  static long slot(long time, long interval) {
    return Math.floorDiv(time + interval / 2, interval) * interval;
  }

  private static long[] times(Table table) throws IOException {
    if (table.rows() > Integer.MAX_VALUE - 8) {
      throw new CombineException(table.rows() + " rows are more than can be combined");
    }
    long[] times = new long[(int) table.rows()];
    int next = 0;
    for (int part = 0; part < table.parts(); part++) {
      long[] some = table.timestamps(part);
      System.arraycopy(some, 0, times, next, some.length);
      next += some.length;
    }
    return times;
  }

  /** The rows by time, or null where they already are. */
  private static int[] order(long[] times) {
    for (int i = 1; i < times.length; i++) {
      if (times[i] < times[i - 1]) {
        return IntStream.range(0, times.length)
            .boxed()
            .sorted((a, b) -> Long.compare(times[a], times[b]))
            .mapToInt(Integer::intValue)
            .toArray();
      }
    }
    return null;
  }
}

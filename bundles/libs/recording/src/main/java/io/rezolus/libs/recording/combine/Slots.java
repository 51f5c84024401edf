package io.rezolus.libs.recording.combine;

import java.util.Arrays;
import java.util.List;

/**
 * Moments of several tables together and the row each table has there.
 *
 * @param times the moments in nanoseconds, ascending
 * @param rows by table and moment: position of the row among all rows of the table, -1 for none
 * @param aligned moments at which the rows lie within a tenth of the interval of each other
 */
record Slots(long[] times, int[][] rows, int aligned) {
  static Slots join(List<GridRows> tables, Join join, long interval) {
    int most = 0;
    for (GridRows table : tables) {
      most = Math.addExact(most, table.slots().length);
    }
    if (join == Join.INNER) {
      most = tables.stream().mapToInt(table -> table.slots().length).min().orElse(0);
    }
    long[] times = new long[most];
    int[][] rows = new int[tables.size()][most];
    int[] at = new int[tables.size()];
    int count = 0;
    int aligned = 0;
    while (true) {
      long slot = Long.MAX_VALUE;
      int ended = 0;
      for (int i = 0; i < at.length; i++) {
        if (at[i] < tables.get(i).slots().length) {
          slot = Math.min(slot, tables.get(i).slots()[at[i]]);
        } else {
          ended++;
        }
      }
      if (ended == at.length || (join == Join.INNER && ended > 0)) {
        break;
      }
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      int here = 0;
      for (int i = 0; i < at.length; i++) {
        GridRows table = tables.get(i);
        boolean has = at[i] < table.slots().length && table.slots()[at[i]] == slot;
        if (count < most) {
          rows[i][count] = has ? table.rows()[at[i]] : -1;
        }
        if (has) {
          first = Math.min(first, table.times()[at[i]]);
          last = Math.max(last, table.times()[at[i]]);
          at[i]++;
          here++;
        }
      }
      if (join == Join.OUTER || here == at.length) {
        times[count++] = slot;
        aligned += last - first <= interval / 10 ? 1 : 0;
      }
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(rows[i], count);
    }
    return new Slots(Arrays.copyOf(times, count), rows, aligned);
  }
}

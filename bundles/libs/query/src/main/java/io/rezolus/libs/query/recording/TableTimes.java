package io.rezolus.libs.query.recording;

import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Times of a table's rows on the sampling grid. Parts are put in time order; rows that are not
 * later than the row before them are left out, since a series has one value at a time.
 */
final class TableTimes {
  /** Some parts, by their place in time order; {@code to} is exclusive. */
  record Range(int from, int to) {
    boolean isEmpty() {
      return from >= to;
    }

    boolean contains(Range other) {
      return from <= other.from && to >= other.to;
    }
  }

  private final Table table;
  private final int[] parts;
  private final long[][] snapped;
  private final int[][] kept;
  private Range recent;
  private long[] recentTimes;

  private TableTimes(Table table, int[] parts, long[][] snapped, int[][] kept) {
    this.table = table;
    this.parts = parts;
    this.snapped = snapped;
    this.kept = kept;
  }

  /**
   * Reads the times of all parts.
   *
   * @param interval nominal time between rows, ns; 0 leaves times as they are
   */
  static TableTimes read(Table table, long interval) throws IOException {
    int n = table.parts();
    long[][] raw = new long[n][];
    for (int p = 0; p < n; p++) {
      raw[p] = table.timestamps(p);
    }
    int[] parts =
        IntStream.range(0, n)
            .filter(p -> raw[p].length > 0)
            .boxed()
            .sorted(Comparator.comparingLong(p -> raw[p][0]))
            .mapToInt(p -> p)
            .toArray();
    long[][] snapped = new long[parts.length][];
    int[][] kept = new int[parts.length][];
    long last = Long.MIN_VALUE;
    for (int i = 0; i < parts.length; i++) {
      long[] times = raw[parts[i]];
      long[] grid = new long[times.length];
      int[] rows = new int[times.length];
      int k = 0;
      for (int r = 0; r < times.length; r++) {
        long time = snap(times[r], interval);
        if (time > last) {
          grid[k] = time;
          rows[k++] = r;
          last = time;
        }
      }
      kept[i] = k == times.length ? null : Arrays.copyOf(rows, k);
      snapped[i] = Arrays.copyOf(grid, k);
    }
    return new TableTimes(table, parts, snapped, kept);
  }

  /** The nearest point of the sampling grid. */
  static long snap(long time, long interval) {
    return interval == 0 ? time : (time + interval / 2) / interval * interval;
  }

  /** Time of the first row, {@link Long#MAX_VALUE} when there is none. */
  long first() {
    return snapped.length == 0 ? Long.MAX_VALUE : snapped[0][0];
  }

  /** Time of the last row, {@link Long#MIN_VALUE} when there is none. */
  long last() {
    for (int i = snapped.length - 1; i >= 0; i--) {
      if (snapped[i].length > 0) {
        return snapped[i][snapped[i].length - 1];
      }
    }
    return Long.MIN_VALUE;
  }

  /** The parts with rows in {@code [start, end]}. */
  Range overlapping(long start, long end) {
    int from = 0;
    while (from < snapped.length
        && (snapped[from].length == 0 || snapped[from][snapped[from].length - 1] < start)) {
      from++;
    }
    int to = from;
    while (to < snapped.length && (snapped[to].length == 0 || snapped[to][0] <= end)) {
      to++;
    }
    return new Range(from, to);
  }

  boolean endsWith(Range range) {
    return range.to == snapped.length;
  }

  int rows(Range range) {
    int n = 0;
    for (int i = range.from; i < range.to; i++) {
      n += snapped[i].length;
    }
    return n;
  }

  /** Number of the part that is at a place in time order. */
  int part(int place) {
    return parts[place];
  }

  /** Rows of a part that count, null for all. */
  int[] kept(int place) {
    return kept[place];
  }

  /** Times of all rows of a range; one array for all series that ask for the same. */
  synchronized long[] times(Range range) {
    if (!range.equals(recent)) {
      long[] times = new long[rows(range)];
      int at = 0;
      for (int i = range.from; i < range.to; i++) {
        System.arraycopy(snapped[i], 0, times, at, snapped[i].length);
        at += snapped[i].length;
      }
      recentTimes = times;
      recent = range;
    }
    return recentTimes;
  }

  /** Times of all rows as they were recorded. */
  long[] raw() throws IOException {
    long[][] all = new long[parts.length][];
    int n = 0;
    for (int i = 0; i < parts.length; i++) {
      long[] times = table.timestamps(parts[i]);
      all[i] = kept[i] == null ? times : Arrays.stream(kept[i]).mapToLong(r -> times[r]).toArray();
      n += all[i].length;
    }
    long[] out = new long[n];
    int at = 0;
    for (long[] part : all) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }
}

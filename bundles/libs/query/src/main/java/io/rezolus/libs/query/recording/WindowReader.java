package io.rezolus.libs.query.recording;

import io.rezolus.libs.query.RowWindows;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reads the acquisition windows of a column over some parts of its table. */
final class WindowReader {
  private WindowReader() {}

  /** Null where no part has any. A row without a window counts as read at its raw time. */
  static RowWindows read(
      Table table, TableTimes times, RecordedColumn column, TableTimes.Range range)
      throws IOException {
    long[] rows = times.times(range);
    long[] begin = new long[rows.length];
    long[] end = new long[rows.length];
    boolean known = false;
    int row = 0;
    for (int place = range.from(); place < range.to(); place++) {
      int part = times.part(place);
      long[] raw = table.timestamps(part);
      Windows windows = table.windows(column, part);
      known |= windows != null;
      int[] kept = times.kept(place);
      int n = kept == null ? raw.length : kept.length;
      for (int i = 0; i < n; i++, row++) {
        int at = kept == null ? i : kept[i];
        boolean has = windows != null && windows.present().get(at);
        begin[row] = has ? windows.begin()[at] : raw[at];
        end[row] = has ? windows.end()[at] : raw[at];
      }
    }
    return known ? new RowWindows(rows, begin, end) : null;
  }

  /** Those of several tables in order of time. */
  static RowWindows join(List<RowWindows> parts) {
    long[] times = parts.stream().flatMapToLong(p -> LongStream.of(p.times())).toArray();
    long[] begin = parts.stream().flatMapToLong(p -> LongStream.of(p.begin())).toArray();
    long[] end = parts.stream().flatMapToLong(p -> LongStream.of(p.end())).toArray();
    int[] order =
        IntStream.range(0, times.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i]))
            .mapToInt(i -> i)
            .toArray();
    return new RowWindows(pick(times, order), pick(begin, order), pick(end, order));
  }

  private static long[] pick(long[] from, int[] order) {
    return IntStream.of(order).mapToLong(i -> from[i]).toArray();
  }
}

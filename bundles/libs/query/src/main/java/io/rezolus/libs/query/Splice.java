package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Puts the rows of several series of one kind into one, in time order. Counters and floats become
 * floats.
 */
final class Splice {
  private final List<Samples> parts;
  private final int[] part;
  private final int[] row;
  private final int size;

  Splice(List<Samples> parts) {
    this.parts = parts;
    int most = parts.stream().mapToInt(p -> p.size).sum();
    part = new int[most];
    row = new int[most];
    int[] next = new int[parts.size()];
    int n = 0;
    while (true) {
      int best = -1;
      for (int p = 0; p < next.length; p++) {
        if (next[p] < parts.get(p).size
            && (best < 0 || parts.get(p).times[next[p]] < parts.get(best).times[next[best]])) {
          best = p;
        }
      }
      if (best < 0) {
        break;
      }
      if (n == 0 || parts.get(best).times[next[best]] > time(n - 1)) {
        part[n] = best;
        row[n++] = next[best];
      }
      next[best]++;
    }
    size = n;
  }

  private long time(int i) {
    return parts.get(part[i]).times[row[i]];
  }

  Samples samples() {
    long[] times = LongStream.range(0, size).map(i -> time((int) i)).toArray();
    long[] ends =
        parts.stream()
            .filter(p -> p.ends != null)
            .flatMapToLong(p -> Arrays.stream(p.ends))
            .filter(e -> Arrays.binarySearch(times, e) < 0)
            .sorted()
            .toArray();
    long[] gone = ends.length == 0 ? null : ends;
    Samples first = parts.get(0);
    if (first.h2 != null) {
      H2Rows rows =
          H2Rows.join(
              parts.stream().map(p -> p.h2).toList(),
              Arrays.copyOf(part, size),
              Arrays.copyOf(row, size));
      return Samples.h2(times, rows, gone);
    }
    if (parts.stream().allMatch(p -> p.counters != null)) {
      long[] values = new long[size];
      for (int i = 0; i < size; i++) {
        values[i] = parts.get(part[i]).counters[row[i]];
      }
      return Samples.counters(times, values, gone);
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = parts.get(part[i]).value(row[i]);
    }
    return Samples.gauges(times, values, gone);
  }
}

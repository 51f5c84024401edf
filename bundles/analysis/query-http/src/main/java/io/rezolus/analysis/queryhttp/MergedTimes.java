package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.util.Arrays;
import java.util.List;

/** The times of several series as one ascending list, each once. */
final class MergedTimes {
  private MergedTimes() {}

  static long[] of(List<QueryResult.Series> series) {
    long[] times = new long[0];
    for (QueryResult.Series one : series) {
      // most series of an answer have a value at each step
      if (!equal(times, one.samples())) {
        times = merged(times, one.samples());
      }
    }
    return times;
  }

  private static boolean equal(long[] times, Samples samples) {
    boolean same = times.length == samples.size();
    for (int i = 0; same && i < times.length; i++) {
      same = times[i] == samples.time(i);
    }
    return same;
  }

  private static long[] merged(long[] times, Samples samples) {
    long[] out = new long[times.length + samples.size()];
    int size = 0;
    int left = 0;
    int right = 0;
    while (left < times.length || right < samples.size()) {
      boolean fromLeft =
          right == samples.size() || left < times.length && times[left] <= samples.time(right);
      long time = fromLeft ? times[left++] : samples.time(right++);
      if (size == 0 || out[size - 1] != time) {
        out[size++] = time;
      }
    }
    return Arrays.copyOf(out, size);
  }
}

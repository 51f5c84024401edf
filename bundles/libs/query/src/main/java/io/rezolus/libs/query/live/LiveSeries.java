package io.rezolus.libs.query.live;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import java.util.Arrays;

/** The readings of one scalar series: consecutive snapshots, with a mark where one had no reading. */
final class LiveSeries {
  private final Labels labels;
  private final MetricKind kind;
  private long[] values = new long[16];
  private boolean[] present = new boolean[16];
  private long first;
  private int size;

  /**
   * @param first number of the first snapshot that has it
   */
  LiveSeries(Labels labels, MetricKind kind, long first) {
    this.labels = labels;
    this.kind = kind;
    this.first = first;
  }

  Labels labels() {
    return labels;
  }

  MetricKind kind() {
    return kind;
  }

  /** Whether there was a reading in any of the snapshots held. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Appends the reading of snapshot {@code number}; a second one of the same is ignored. */
  void add(long number, long value) {
    if (size == 0) {
      first = number;
    }
    int at = (int) (number - first);
    if (at < size) {
      return;
    }
    if (at >= values.length) {
      int capacity = Math.max(at + 1, 2 * values.length);
      values = Arrays.copyOf(values, capacity);
      present = Arrays.copyOf(present, capacity);
    }
    Arrays.fill(present, size, at, false);
    values[at] = value;
    present[at] = true;
    size = at + 1;
  }

  /** Forgets the readings of snapshots before {@code number}. */
  void forget(long number) {
    int gone = (int) Math.min(size, number - first);
    while (gone >= 0 && gone < size && !present[gone]) {
      gone++;
    }
    if (gone <= 0) {
      return;
    }
    System.arraycopy(values, gone, values, 0, size - gone);
    System.arraycopy(present, gone, present, 0, size - gone);
    first += gone;
    size -= gone;
  }

  long bytes() {
    return 9L * values.length;
  }

  /**
   * The readings of snapshots from {@code from} to before {@code to}. Where a reading is missing
   * after one, a marker ends the series.
   *
   * @return null without any reading
   */
  Samples samples(LiveTimes times, long from, long to) {
    int begin = (int) Math.max(0, from - first);
    // one past the last reading may hold the marker
    int end = (int) Math.min(size + 1L, to - first);
    int rows = 0;
    int gaps = 0;
    for (int i = begin; i < end; i++) {
      if (isPresent(i)) {
        rows++;
      } else if (i > begin && isPresent(i - 1)) {
        gaps++;
      }
    }
    if (rows == 0) {
      return null;
    }
    long[] at = new long[rows + gaps];
    long[] numbers = new long[rows + gaps];
    boolean[] stale = new boolean[rows + gaps];
    int n = 0;
    for (int i = begin; i < end; i++) {
      boolean ends = !isPresent(i) && i > begin && isPresent(i - 1);
      if (isPresent(i) || ends) {
        at[n] = times.time(first + i);
        numbers[n] = ends ? 0 : values[i];
        stale[n++] = ends;
      }
    }
    if (kind == MetricKind.COUNTER && gaps == 0) {
      return Samples.counters(at, numbers);
    }
    double[] floats = new double[n];
    for (int i = 0; i < n; i++) {
      floats[i] = stale[i] ? Samples.STALE : number(numbers[i]);
    }
    return Samples.gauges(at, floats);
  }

  private boolean isPresent(int i) {
    return i < size && present[i];
  }

  private double number(long value) {
    return kind == MetricKind.GAUGE || value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
  }
}

package io.rezolus.libs.query.live;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.query.H2Rows;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The readings of one series, one per snapshot, some of which may be missing. */
final class LiveSeries {
  private final Labels labels;
  private final MetricKind kind;
  private final HistogramConfig config;
  private final String unit;

  /** Value of a scalar; of a histogram 1. */
  private long[] values = new long[16];

  /** Pairs of bucket and count; null for scalars. */
  private final List<long[]> histograms;

  private boolean[] present = new boolean[16];
  private long first;
  private int size;
  private long histogramBytes;

  /**
   * @param config null unless it is a histogram
   * @param unit null where it is not known
   */
  LiveSeries(Labels labels, MetricKind kind, HistogramConfig config, String unit) {
    this.labels = labels;
    this.kind = kind;
    this.config = config;
    this.unit = unit;
    histograms = config == null ? null : new ArrayList<>();
  }

  Labels labels() {
    return labels;
  }

  MetricKind kind() {
    return kind;
  }

  /** Unit of its values; may be null. */
  String unit() {
    return unit;
  }

  /** Layout of a histogram's buckets, else null. */
  HistogramConfig config() {
    return config;
  }

  /** Whether there is no reading in any of the snapshots held. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Appends the reading of snapshot {@code number}; a second one of the same is ignored. */
  void add(long number, long value) {
    append(number, value);
  }

  /** The same for a histogram, from a count for every bucket. */
  void add(long number, long[] counts) {
    int used = 0;
    for (long count : counts) {
      used += count != 0 ? 1 : 0;
    }
    long[] pairs = new long[2 * used];
    int at = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] != 0) {
        pairs[at++] = bucket;
        pairs[at++] = counts[bucket];
      }
    }
    if (append(number, 1)) {
      while (histograms.size() < size - 1) {
        histograms.add(null);
      }
      histograms.add(pairs);
      histogramBytes += 8L * pairs.length + 24;
    }
  }

  private boolean append(long number, long value) {
    if (size == 0) {
      first = number;
    }
    int at = (int) (number - first);
    if (at < size) {
      return false;
    }
    if (at >= values.length) {
      int capacity = Math.max(at + 1, values.length + values.length / 2);
      values = Arrays.copyOf(values, capacity);
      present = Arrays.copyOf(present, capacity);
    }
    Arrays.fill(present, size, at, false);
    values[at] = value;
    present[at] = true;
    size = at + 1;
    return true;
  }

  /** Forgets the readings of snapshots before {@code number}. */
  void forget(long number) {
    if (number <= first || size == 0) {
      return;
    }
    int gone = (int) Math.min(size, number - first);
    while (gone < size && !present[gone]) {
      gone++;
    }
    System.arraycopy(values, gone, values, 0, size - gone);
    System.arraycopy(present, gone, present, 0, size - gone);
    if (histograms != null) {
      forget(histograms.subList(0, gone));
    }
    first += gone;
    size -= gone;
  }

  /** Forgets the readings of snapshot {@code number} and later ones. */
  void drop(long number) {
    int kept = (int) Math.max(0, Math.min(size, number - first));
    while (kept > 0 && !present[kept - 1]) {
      kept--;
    }
    if (histograms != null) {
      forget(histograms.subList(kept, size));
    }
    size = kept;
  }

  private void forget(List<long[]> rows) {
    for (long[] pairs : rows) {
      histogramBytes -= pairs == null ? 0 : 8L * pairs.length + 24;
    }
    rows.clear();
  }

  long bytes() {
    return 9L * values.length + histogramBytes;
  }

  /** Whether a snapshot from {@code from} to before {@code to} has a reading. */
  boolean overlaps(long from, long to) {
    return size > 0 && first < to && first + size > from;
  }

  /**
   * The readings of snapshots from {@code from} to before {@code to}. Where one is missing after
   * another that is not, the series ends.
   */
  Samples samples(LiveTimes times, long from, long to) {
    int begin = (int) Math.max(0, from - first);
    // the snapshot after the last reading tells that the series is gone
    int end = (int) Math.min(size + 1L, to - first);
    int rows = 0;
    int gaps = 0;
    for (int i = begin; i < end; i++) {
      rows += isPresent(i) ? 1 : 0;
      gaps += ends(i, begin) ? 1 : 0;
    }
    long[] at = new long[rows];
    int[] picked = new int[rows];
    long[] ends = gaps == 0 ? null : new long[gaps];
    rows = 0;
    gaps = 0;
    for (int i = begin; i < end; i++) {
      if (isPresent(i)) {
        at[rows] = times.time(first + i);
        picked[rows++] = i;
      } else if (ends(i, begin)) {
        ends[gaps++] = times.time(first + i);
      }
    }
    return samples(at, picked, ends);
  }

  private Samples samples(long[] at, int[] picked, long[] ends) {
    if (kind == MetricKind.HISTOGRAM) {
      List<long[]> dense = new ArrayList<>(picked.length);
      for (int i : picked) {
        long[] counts = new long[config.bucketCount()];
        long[] pairs = histograms.get(i);
        for (int k = 0; k < pairs.length; k += 2) {
          counts[(int) pairs[k]] = pairs[k + 1];
        }
        dense.add(counts);
      }
      return Samples.h2(at, H2Rows.of(config, dense), ends);
    }
    if (kind == MetricKind.COUNTER) {
      long[] counters = new long[picked.length];
      for (int i = 0; i < picked.length; i++) {
        counters[i] = values[picked[i]];
      }
      return Samples.counters(at, counters, ends);
    }
    double[] gauges = new double[picked.length];
    for (int i = 0; i < picked.length; i++) {
      gauges[i] = values[picked[i]];
    }
    return Samples.gauges(at, gauges, ends);
  }

  private boolean isPresent(int i) {
    return i < size && present[i];
  }

  private boolean ends(int i, int begin) {
    return i > begin && !isPresent(i) && isPresent(i - 1);
  }
}

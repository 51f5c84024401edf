package io.rezolus.outputs.recorder;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What counted up during a recording. A value below the one before means that its source restarted
 * at zero.
 */
final class SeriesDeltas {
  private final ParquetRecording recording;

  SeriesDeltas(ParquetRecording recording) {
    this.recording = recording;
  }

  /** Increase of all counters of a metric that fit, together; empty where there are none. */
  OptionalLong counters(String metric, Predicate<RecordedColumn> fits) throws IOException {
    boolean found = false;
    long total = 0;
    for (RecordedColumn column : recording.table().columns()) {
      if (is(column, metric, MetricKind.COUNTER) && fits.test(column)) {
        found = true;
        total += increase(column);
      }
    }
    return found ? OptionalLong.of(total) : OptionalLong.empty();
  }

  /** Counts added to all histograms of a metric that fit; null where there are none. */
  Histogram histograms(String metric, Predicate<RecordedColumn> fits) throws IOException {
    Histogram total = null;
    for (RecordedColumn column : recording.table().columns()) {
      if (is(column, metric, MetricKind.HISTOGRAM) && fits.test(column)) {
        Histogram delta = delta(column);
        total =
            total == null || !total.config().equals(delta.config())
                ? delta
                : total.mergeWrapping(delta);
      }
    }
    return total;
  }

  /** Last value of a gauge; empty where it has none. */
  OptionalLong last(String metric) throws IOException {
    for (RecordedColumn column : recording.table().columns()) {
      if (is(column, metric, MetricKind.GAUGE)) {
        for (int group = recording.table().parts() - 1; group >= 0; group--) {
          Longs longs = recording.table().values(column, group);
          int row = longs.present().length() - 1;
          if (row >= 0) {
            return OptionalLong.of(longs.values()[row]);
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  private long increase(RecordedColumn column) throws IOException {
    long total = 0;
    boolean seen = false;
    long previous = 0;
    for (int group = 0; group < recording.table().parts(); group++) {
      Longs longs = recording.table().values(column, group);
      for (int row = longs.present().nextSetBit(0);
          row >= 0;
          row = longs.present().nextSetBit(row + 1)) {
        long value = longs.values()[row];
        if (seen) {
          total += Long.compareUnsigned(value, previous) < 0 ? value : value - previous;
        }
        seen = true;
        previous = value;
      }
    }
    return total;
  }

  private Histogram delta(RecordedColumn column) throws IOException {
    HistogramConfig config = column.histogram();
    Histogram total = new Histogram(config);
    Histogram previous = null;
    for (int group = 0; group < recording.table().parts(); group++) {
      for (long[] buckets : recording.table().histograms(column, group)) {
        if (buckets == null) {
          continue;
        }
        Histogram present = new Histogram(config, buckets);
        if (previous != null) {
          total = total.mergeWrapping(present.delta(previous).orElse(present));
        }
        previous = present;
      }
    }
    return total;
  }

  private static boolean is(RecordedColumn column, String metric, MetricKind kind) {
    return column.kind() == kind && column.metric().equals(metric);
  }
}

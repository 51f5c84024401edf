package io.rezolus.libs.query.recording;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.RowWindows;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A series and the columns it lies in: one, or several of different tables. */
final class RecordedSeries {
  /** What has to agree for columns to be one series. */
  record Key(Labels labels, MetricKind kind, HistogramConfig histogram) {}

  private record Place(Table table, TableTimes times, RecordedColumn column) {}

  private final Labels labels;
  private final RecordedColumn column;
  private final Runnable unchanged;
  private final List<Place> places = new ArrayList<>();

  /**
   * @param unchanged called after each reading and when one fails; throws a QueryException when the
   *     recording is no longer what was opened
   */
  RecordedSeries(Labels labels, RecordedColumn column, Runnable unchanged) {
    this.labels = labels;
    this.column = column;
    this.unchanged = unchanged;
  }

  void add(Table table, TableTimes times, RecordedColumn in) {
    places.add(new Place(table, times, in));
  }

  Labels labels() {
    return labels;
  }

  /** The column that gave the series its name, kind and unit. */
  RecordedColumn column() {
    return column;
  }

  boolean overlaps(long start, long end) {
    return rows(start, end) > 0;
  }

  private long rows(long start, long end) {
    long rows = 0;
    for (Place p : places) {
      rows += p.times.rows(p.times.overlapping(start, end));
    }
    return rows;
  }

  /** Bytes of the decoded samples; of a histogram's buckets a quarter is assumed to be used. */
  long estimateBytes(long start, long end) {
    long row = Long.BYTES;
    if (column.kind() == MetricKind.HISTOGRAM) {
      row = Math.max(row, Long.BYTES * (column.histogram().bucketCount() / 4L));
    }
    return rows(start, end) * (row + Long.BYTES);
  }

  /** When the rows of a time range were read; null where a table does not say. */
  RowWindows windows(long start, long end) {
    List<RowWindows> all = new ArrayList<>();
    for (Place p : places) {
      RowWindows windows = read(() -> windows(p, start, end));
      if (windows == null) {
        return null;
      }
      all.add(windows);
    }
    return all.size() == 1 ? all.get(0) : WindowReader.join(all);
  }

  private RowWindows windows(Place p, long start, long end) throws IOException {
    TableTimes.Range range = p.times.overlapping(start, end);
    RowWindows windows = WindowReader.read(p.table, p.times, p.column, range);
    if (windows == null || places.size() == 1) {
      return windows;
    }
    // only rows that have a value of this series, as another table may have the others
    return WindowReader.of(
        windows, new ColumnDecoder(p.table, p.times, p.column, range).decode(Long.MAX_VALUE));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    T read;
    try {
      read = reading.read();
    } catch (IOException e) {
      // what was put in its place explains what cannot be understood
      unchanged.run();
      throw new QueryException(
          QueryException.Kind.EXECUTION, "cannot read " + labels + ": " + e.getMessage());
    } catch (RuntimeException e) {
      unchanged.run();
      throw e;
    }
    unchanged.run();
    return read;
  }

  private TableTimes.Range[] coverage(long start, long end) {
    TableTimes.Range[] coverage = new TableTimes.Range[places.size()];
    for (int i = 0; i < coverage.length; i++) {
      coverage[i] = places.get(i).times.overlapping(start, end);
    }
    return coverage;
  }

  /** Whether the samples of a time range need not be decoded again. */
  boolean isCached(SampleCache cache, long start, long end) {
    return cache.get(this, coverage(start, end)) != null;
  }

  /**
   * Samples of the parts that overlap a time range.
   *
   * @param recordingEnd time of the last row of all tables: one that stopped long before is over
   * @param interval nominal time between rows
   */
  Samples read(SampleCache cache, long start, long end, long recordingEnd, long interval) {
    TableTimes.Range[] coverage = coverage(start, end);
    Samples known = cache.get(this, coverage);
    if (known != null) {
      return known;
    }
    List<Samples> decoded = new ArrayList<>();
    for (int i = 0; i < coverage.length; i++) {
      Place p = places.get(i);
      long last = p.times.last();
      boolean stopped = recordingEnd - last > 2 * interval && p.times.endsWith(coverage[i]);
      long gone = stopped ? last + Math.max(1, interval) : Long.MAX_VALUE;
      ColumnDecoder decoder = new ColumnDecoder(p.table, p.times, p.column, coverage[i]);
      decoded.add(read(() -> decoder.decode(gone)));
    }
    Samples samples = Samples.splice(decoded);
    boolean complete =
        places.size() == 1 && samples.size() == places.get(0).times.rows(coverage[0]);
    // a series without gaps uses the array of times of its table
    cache.put(this, coverage, samples, complete ? Long.BYTES * (long) samples.size() : 0);
    return samples;
  }
}

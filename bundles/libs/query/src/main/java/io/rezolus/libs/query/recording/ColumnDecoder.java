package io.rezolus.libs.query.recording;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.query.H2Rows;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads one column over some parts of its table. Rows without a value end the series. */
final class ColumnDecoder {
  private final Table table;
  private final TableTimes times;
  private final RecordedColumn column;
  private final TableTimes.Range range;
  private final long[] rowTimes;
  private final BitSet present;
  private int row;

  ColumnDecoder(Table table, TableTimes times, RecordedColumn column, TableTimes.Range range) {
    this.table = table;
    this.times = times;
    this.column = column;
    this.range = range;
    this.rowTimes = times.times(range);
    this.present = new BitSet(rowTimes.length);
  }

  /**
   * @param end when the table as a whole is known to be over, or Long.MAX_VALUE
   */
  Samples decode(long end) throws IOException {
    if (column.kind() == MetricKind.HISTOGRAM) {
      List<long[]> rows = histograms();
      return Samples.h2(presentTimes(), H2Rows.of(column.histogram(), rows), ends(end));
    }
    long[] values = longs();
    double scale = column.valueScale();
    boolean unsigned = column.kind() == MetricKind.COUNTER;
    if (unsigned && scale == 1) {
      return Samples.counters(presentTimes(), values, ends(end));
    }
    double[] floats = new double[values.length];
    for (int i = 0; i < floats.length; i++) {
      long v = values[i];
      floats[i] = (unsigned && v < 0 ? (v >>> 1 | v & 1) * 2.0 : v) / scale;
    }
    return Samples.gauges(presentTimes(), floats, ends(end));
  }

  private long[] longs() throws IOException {
    long[] out = new long[rowTimes.length];
    int n = 0;
    for (int place = range.from(); place < range.to(); place++) {
      Longs read = table.values(column, times.part(place));
      int[] kept = times.kept(place);
      long[] values = read.values();
      int rows = kept == null ? values.length : kept.length;
      if (kept == null && read.present().cardinality() == rows) {
        System.arraycopy(values, 0, out, n, rows);
        present.set(row, row + rows);
        n += rows;
        row += rows;
        continue;
      }
      for (int i = 0; i < rows; i++, row++) {
        int at = kept == null ? i : kept[i];
        if (read.present().get(at)) {
          out[n++] = values[at];
          present.set(row);
        }
      }
    }
    return n == out.length ? out : Arrays.copyOf(out, n);
  }

  private List<long[]> histograms() throws IOException {
    List<long[]> out = new ArrayList<>(rowTimes.length);
    for (int place = range.from(); place < range.to(); place++) {
      long[][] read = table.histograms(column, times.part(place));
      int[] kept = times.kept(place);
      int rows = kept == null ? read.length : kept.length;
      for (int i = 0; i < rows; i++, row++) {
        long[] counts = read[kept == null ? i : kept[i]];
        if (counts != null) {
          out.add(counts);
          present.set(row);
        }
      }
    }
    return out;
  }

  private long[] presentTimes() {
    int n = present.cardinality();
    if (n == rowTimes.length) {
      return rowTimes;
    }
    long[] out = new long[n];
    int k = 0;
    for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
      out[k++] = rowTimes[i];
    }
    return out;
  }

  /** The first row without a value after each run of values, and the end of the table. */
  private long[] ends(long tableEnd) {
    long[] out = new long[16];
    int n = 0;
    int i = present.nextSetBit(0);
    while (i >= 0) {
      int gap = present.nextClearBit(i);
      long end = gap < rowTimes.length ? rowTimes[gap] : tableEnd;
      if (end == Long.MAX_VALUE) {
        break;
      }
      if (n == out.length) {
        out = Arrays.copyOf(out, 2 * n);
      }
      out[n++] = end;
      i = present.nextSetBit(gap);
    }
    return n == 0 ? null : Arrays.copyOf(out, n);
  }
}

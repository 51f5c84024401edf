package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Several tables side by side, row by row at common moments. Decodes what is asked for. */
final class JoinedTable implements Table {
  /** Rows per part. */
  static final int ROWS_MAX = 1800;

  private final List<Table> tables;
  private final Slots slots;
  private final List<RecordedColumn> columns;
  private final List<Origin> origins;
  // by table: position of the first row of each part
  private final int[][] starts;

  /**
   * @param columns of the result; the ordinal of each is its position in {@code origins}
   */
  JoinedTable(List<Table> tables, Slots slots, List<RecordedColumn> columns, List<Origin> origins) {
    this.tables = tables;
    this.slots = slots;
    this.columns = Collections.unmodifiableList(columns);
    this.origins = origins;
    starts = new int[tables.size()][];
    for (int i = 0; i < starts.length; i++) {
      Table table = tables.get(i);
      starts[i] = new int[table.parts()];
      for (int part = 1; part < starts[i].length; part++) {
        starts[i][part] = starts[i][part - 1] + table.rows(part - 1);
      }
    }
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public List<RecordedColumn> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return slots.times().length;
  }

  @Override
  public int parts() {
    return (slots.times().length + ROWS_MAX - 1) / ROWS_MAX;
  }

  @Override
  public int rows(int part) {
    return Math.min(ROWS_MAX, slots.times().length - part * ROWS_MAX);
  }

  @Override
  public long[] timestamps(int part) {
    int from = part * ROWS_MAX;
    return Arrays.copyOfRange(slots.times(), from, from + rows(part));
  }

  @Override
  public Longs values(RecordedColumn column, int part) throws IOException {
    Origin origin = origins.get(column.ordinal());
    long[] values = new long[rows(part)];
    BitSet present = new BitSet(values.length);
    each(
        origin.table(),
        part,
        sourcePart -> tables.get(origin.table()).values(origin.column(), sourcePart),
        (row, source, sourceRow) -> {
          if (source.present().get(sourceRow)) {
            values[row] = source.values()[sourceRow];
            present.set(row);
          }
        });
    return new Longs(values, present);
  }

  @Override
  public long[][] histograms(RecordedColumn column, int part) throws IOException {
    Origin origin = origins.get(column.ordinal());
    long[][] rows = new long[rows(part)][];
    each(
        origin.table(),
        part,
        sourcePart -> tables.get(origin.table()).histograms(origin.column(), sourcePart),
        (row, source, sourceRow) -> rows[row] = source[sourceRow]);
    return rows;
  }

  @Override
  public Windows windows(RecordedColumn column, int part) throws IOException {
    Origin origin = origins.get(column.ordinal());
    long[] begin = new long[rows(part)];
    long[] end = new long[begin.length];
    BitSet present = new BitSet(begin.length);
    each(
        origin.table(),
        part,
        sourcePart -> tables.get(origin.table()).windows(origin.column(), sourcePart),
        (row, source, sourceRow) -> {
          if (source != null && source.present().get(sourceRow)) {
            begin[row] = source.begin()[sourceRow];
            end[row] = source.end()[sourceRow];
            present.set(row);
          }
        });
    return present.isEmpty() ? null : new Windows(begin, end, present);
  }

  @Override
  public Longs wallOffsets(int part) {
    return null;
  }

  private <T> void each(int table, int part, Decoder<T> decoder, Taker<T> taker)
      throws IOException {
    int[] rows = slots.rows()[table];
    int open = -1;
    T decoded = null;
    for (int row = 0; row < rows(part); row++) {
      int sourceRow = rows[part * ROWS_MAX + row];
      if (sourceRow < 0) {
        continue;
      }
      int sourcePart = partOf(table, sourceRow);
      if (sourcePart != open) {
        decoded = decoder.decode(sourcePart);
        open = sourcePart;
      }
      taker.take(row, decoded, sourceRow - starts[table][sourcePart]);
    }
  }

  /** The last part that begins at or before a row; parts before it may be empty. */
  private int partOf(int table, int row) {
    int low = 0;
    int high = starts[table].length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[table][middle] <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private interface Decoder<T> {
    T decode(int part) throws IOException;
  }

  private interface Taker<T> {
    void take(int row, T source, int sourceRow);
  }
}

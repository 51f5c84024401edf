package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.Cells;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ParquetOutput;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rows of a row group, which are encoded some columns at a time. */
final class RowBatch {
  private static final int SLICE_COLUMNS = 400;
  private static final long SLICE_VALUES = 250_000;

  private final int rows;
  private final ScalarBuffer timestamps;
  private final List<ScalarBuffer> durations;
  private final int[] numbers;
  private final ColumnBuffer[] buffers;

  /**
   * @param durations by source
   * @param numbers of the columns, in file order
   * @param buffers for each of them
   */
  RowBatch(
      int rows,
      ScalarBuffer timestamps,
      List<ScalarBuffer> durations,
      int[] numbers,
      ColumnBuffer[] buffers) {
    this.rows = rows;
    this.timestamps = timestamps;
    this.durations = durations;
    this.numbers = numbers;
    this.buffers = buffers;
  }

  int rows() {
    return rows;
  }

  /** The batch in pieces that take about the same time; the times are in the first. */
  List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    int from = 0;
    long values = 0;
    for (int i = 0; i < buffers.length; i++) {
      values += buffers[i].values(rows);
      if (i + 1 == buffers.length || values >= SLICE_VALUES || i + 1 - from == SLICE_COLUMNS) {
        slices.add(new Slice(from, i + 1));
        from = i + 1;
        values = 0;
      }
    }
    if (slices.isEmpty()) {
      slices.add(new Slice(0, 0));
    }
    return slices;
  }

  /** Some columns of the batch. */
  final class Slice {
    private final int from;
    private final int to;
    private final boolean times;

    private Slice(int from, int to) {
      this.from = from;
      this.to = to;
      times = from == 0;
    }

    /** Numbers of its columns, as the assembly knows them. */
    int[] ids() {
      int before = times ? 1 + durations.size() : 0;
      int[] ids = new int[before + to - from];
      for (int i = 0; i < before; i++) {
        ids[i] = i == 0 ? GroupedColumn.TIMESTAMP : GroupedColumn.duration(i - 1);
      }
      for (int i = from; i < to; i++) {
        ids[before + i - from] = GroupedColumn.metric(numbers[i]);
      }
      return ids;
    }

    /**
     * Makes a parquet file of the columns and forgets them.
     *
     * @param catalogue what they are called
     */
    byte[] encode(ColumnCatalogue catalogue, WriteOptions options) throws IOException {
      List<Column> columns = new ArrayList<>();
      List<Consumer<Cells>> cells = new ArrayList<>();
      if (times) {
        columns.add(GroupedColumn.column(GroupedColumn.timestampField()));
        cells.add(out -> timestamps.drain(rows, out));
        for (int i = 0; i < durations.size(); i++) {
          ScalarBuffer duration = durations.get(i);
          columns.add(GroupedColumn.column(GroupedColumn.durationField()));
          cells.add(out -> duration.drain(rows, out));
        }
      }
      for (int i = from; i < to; i++) {
        ColumnBuffer buffer = buffers[i];
        buffers[i] = null;
        columns.add(catalogue.column(numbers[i]));
        cells.add(out -> buffer.drain(rows, out));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
      try (ParquetOutput out = new ParquetOutput(bytes, columns, options)) {
        out.startRowGroup(rows);
        for (int i = 0; i < columns.size(); i++) {
          Consumer<Cells> source = cells.set(i, null);
          out.writeColumn(source);
        }
        out.finish(Map.of());
      }
      return bytes.toByteArray();
    }
  }
}

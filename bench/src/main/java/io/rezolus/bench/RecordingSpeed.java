package io.rezolus.bench;

import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.ColumnType;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.ParquetFile;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long it takes to open a recording, to read all of its values, and to read one column of a
 * long and wide one. Medians of warm rounds in one thread.
 */
final class RecordingSpeed {
  private static final int ROUNDS = 41;
  private static final int ROWS = 4 * 3600;
  private static final int COLUMNS = 3000;
  private static final int HISTOGRAMS = 30;
  private static final int BUCKETS = 496;

  private RecordingSpeed() {}

  /**
   * @param args a recording; optionally a folder for the long one, which is removed afterwards
   */
  public static void main(String[] args) throws IOException {
    Path small = Path.of(args[0]);
    report("open " + small.getFileName(), () -> ParquetRecording.open(small));
    ParquetRecording recording = ParquetRecording.open(small);
    report("all values of " + small.getFileName(), () -> readAll(recording.file()));

    Path folder = Path.of(args.length > 1 ? args[1] : System.getProperty("java.io.tmpdir"));
    Path wide = Files.createTempFile(folder, "wide", ".parquet");
    try {
      long start = System.nanoTime();
      write(wide);
      System.out.printf(
          "%-36s %9.2f ms, %d bytes%n",
          "write " + ROWS + " x " + COLUMNS, (System.nanoTime() - start) / 1e6, Files.size(wide));
      report("open it", () -> ParquetRecording.open(wide));
      ParquetRecording opened = ParquetRecording.open(wide);
      int[] next = {0};
      report("one counter", () -> readColumn(opened.file(), 2 + next[0]++ % 1000));
      report(
          "one histogram", () -> readColumn(opened.file(), COLUMNS - 1 - next[0]++ % HISTOGRAMS));
    } finally {
      Files.delete(wide);
    }
  }

  private static void readAll(ParquetFile file) throws IOException {
    for (int i = 0; i < file.columns().size(); i++) {
      readColumn(file, i);
    }
  }

  private static void readColumn(ParquetFile file, int ordinal) throws IOException {
    for (int group = 0; group < file.rowGroups(); group++) {
      if (file.columns().get(ordinal).type() == ColumnType.UINT64_LIST) {
        file.readLists(group, ordinal);
      } else {
        file.readLongs(group, ordinal);
      }
    }
  }

  /** Counters that grow, a tenth of them with gaps, gauges that wander, sparse histograms. */
  private static void write(Path path) throws IOException {
    List<ArrowField> fields = new ArrayList<>();
    fields.add(new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()));
    for (int i = 1; i < COLUMNS; i++) {
      ArrowField.Type type =
          i >= COLUMNS - HISTOGRAMS
              ? ArrowField.Type.UINT64_LIST
              : i % 3 == 0 ? ArrowField.Type.INT64 : ArrowField.Type.UINT64;
      Map<String, String> labels =
          Map.of(
              "metric",
              "m" + i / 8,
              "id",
              "" + i % 8,
              "grouping_power",
              "3",
              "max_value_power",
              "64");
      fields.add(new ArrowField(i + "x0", type, true, labels));
    }
    Random random = new Random(1);
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      for (int from = 0; from < ROWS; from += ParquetTableWriter.ROWS_MAX) {
        int rows = Math.min(ParquetTableWriter.ROWS_MAX, ROWS - from);
        out.startRowGroup(rows);
        for (int i = 0; i < COLUMNS; i++) {
          if (fields.get(i).type() == ArrowField.Type.UINT64_LIST) {
            out.lists(histograms(random, rows));
          } else {
            out.longs(scalars(random, rows, i, from));
          }
        }
      }
      out.finish(Map.of("source", "rezolus", "sampling_interval_ms", "1000"));
    }
  }

  private static Longs scalars(Random random, int rows, int column, int from) {
    long[] values = new long[rows];
    BitSet present = new BitSet();
    long value = from * 1_000_000L;
    for (int row = 0; row < rows; row++) {
      value += random.nextInt(2_000_000);
      if (column == 0 || column % 10 != 1 || random.nextInt(4) > 0) {
        values[row] = value;
        present.set(row);
      }
    }
    return new Longs(values, present);
  }

  private static long[][] histograms(Random random, int rows) {
    long[][] lists = new long[rows][];
    long[] buckets = new long[BUCKETS];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 20; i++) {
        buckets[100 + random.nextInt(100)] += random.nextInt(50);
      }
      lists[row] = buckets.clone();
    }
    return lists;
  }

  private static void report(String what, Work work) throws IOException {
    double[] millis = new double[ROUNDS];
    for (int i = -ROUNDS; i < ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf("%-36s %9.2f ms%n", what, millis[ROUNDS / 2]);
  }

  private interface Work {
    void run() throws IOException;
  }
}

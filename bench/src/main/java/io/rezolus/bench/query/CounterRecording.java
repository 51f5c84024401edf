package io.rezolus.bench.query;

import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a recording of counters, one sample a second each, and optionally the same samples as
 * OpenMetrics text. The counters are the series of {@code x}, told apart by {@code id}.
 */
final class CounterRecording {
  private static final long START = 1_700_000_000L;

  private final int rows;
  private final int counters;
  private final Random random = new Random(1);
  private final long[] last;

  private CounterRecording(int rows, int counters) {
    this.rows = rows;
    this.counters = counters;
    last = new long[counters];
  }

  /**
   * @param args seconds, counters, the recording's path, and optionally the text's path
   */
  public static void main(String[] args) throws IOException {
    CounterRecording made =
        new CounterRecording(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    if (args.length > 3) {
      try (Writer text = Files.newBufferedWriter(Path.of(args[3]))) {
        made.write(Path.of(args[2]), text);
        text.write("# EOF\n");
      }
    } else {
      made.write(Path.of(args[2]), null);
    }
  }

  private void write(Path path, Writer text) throws IOException {
    List<ArrowField> fields = new ArrayList<>();
    fields.add(new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()));
    for (int c = 0; c < counters; c++) {
      Map<String, String> labels = Map.of("metric", "x", "id", "" + c, "source", "rezolus");
      fields.add(new ArrowField("x/" + c, ArrowField.Type.UINT64, true, labels));
    }
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      for (int from = 0; from < rows; from += ParquetTableWriter.ROWS_MAX) {
        int n = Math.min(ParquetTableWriter.ROWS_MAX, rows - from);
        out.startRowGroup(n);
        out.longs(times(from, n));
        for (int c = 0; c < counters; c++) {
          long[] values = values(c, n);
          out.longs(new Longs(values, all(n)));
          for (int i = 0; text != null && i < n; i++) {
            text.write("x{id=\"" + c + "\",source=\"rezolus\"} " + values[i]);
            text.write(" " + (START + from + i) + "\n");
          }
        }
      }
      out.finish(Map.of("source", "rezolus", "sampling_interval_ms", "1000"));
    }
  }

  private static Longs times(int from, int n) {
    long[] times = new long[n];
    for (int i = 0; i < n; i++) {
      times[i] = (START + from + i) * 1_000_000_000L;
    }
    return new Longs(times, all(n));
  }

  private long[] values(int counter, int n) {
    long[] values = new long[n];
    long value = last[counter];
    for (int i = 0; i < n; i++) {
      value += random.nextInt(1_000_000);
      values[i] = value;
    }
    last[counter] = value;
    return values;
  }

  private static BitSet all(int n) {
    BitSet present = new BitSet(n);
    present.set(0, n);
    return present;
  }
}

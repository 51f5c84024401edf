package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Recordings of ten seconds, made up for a test. */
final class TestRecording {
  static final long START = 1_700_000_000_000_000_000L;
  static final int ROWS = 10;

  private final List<ArrowField> fields = new ArrayList<>();
  private final SortedMap<String, String> keys = new TreeMap<>();

  TestRecording() {
    key("sampling_interval_ms", "1000");
    column("timestamp", ArrowField.Type.UINT64, false, Map.of("metric_type", "timestamp"));
    column("duration", ArrowField.Type.UINT64, true, Map.of("metric_type", "duration"));
  }

  /** A recording of an agent and a service, each with a counter, and a histogram of the latter. */
  static TestRecording ofService() {
    return new TestRecording()
        .key("source", "cache")
        .key("descriptions", "{\"cpu_usage\":\"time\",\"gone\":\"x\",\"hits\":\"requests\"}")
        .counter("1x0", Map.of("metric", "cpu_usage", "source", "rezolus", "id", "0"))
        .counter("hits", Map.of("metric", "hits", "source", "cache"))
        .counter("gone", Map.of("metric", "gone", "source", "cache"))
        .histogram("latency:buckets", Map.of("metric", "latency", "source", "cache"))
        .empty("silent", Map.of("metric", "silent", "source", "cache"));
  }

  TestRecording key(String name, String value) {
    keys.put(name, value);
    return this;
  }

  TestRecording counter(String name, Map<String, String> labels) {
    return column(name, ArrowField.Type.UINT64, true, labels);
  }

  /** A gauge without any value. */
  TestRecording empty(String name, Map<String, String> labels) {
    return column(name, ArrowField.Type.INT64, true, labels);
  }

  TestRecording histogram(String name, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("grouping_power", "1");
    all.put("max_value_power", "4");
    return column(name, ArrowField.Type.UINT64_LIST, true, all);
  }

  private TestRecording column(
      String name, ArrowField.Type type, boolean nullable, Map<String, String> labels) {
    fields.add(new ArrowField(name, type, nullable, labels));
    return this;
  }

  Path write(Path path) {
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      out.startRowGroup(ROWS);
      for (ArrowField field : fields) {
        switch (field.type()) {
          case UINT64_LIST -> out.lists(buckets());
          case UINT64 -> out.longs(field.name().equals("timestamp") ? times() : counts());
          default -> out.longs(new Longs(new long[ROWS], new BitSet()));
        }
      }
      out.finish(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  private static long[] times() {
    long[] times = new long[ROWS];
    Arrays.setAll(times, row -> START + row * 1_000_000_000L);
    return times;
  }

  private static long[] counts() {
    long[] counts = new long[ROWS];
    Arrays.setAll(counts, row -> row * 100L);
    return counts;
  }

  private static long[][] buckets() {
    long[][] rows = new long[ROWS][8];
    for (int row = 0; row < ROWS; row++) {
      rows[row][3] = row * 10L;
    }
    return rows;
  }

  static ParquetRecording open(Path path) {
    try {
      return ParquetRecording.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String key(Path path, String name) {
    return open(path).metadata().get(name);
  }

  static List<String> columns(Path path) {
    return open(path).fields().stream().map(ArrowField::name).toList();
  }

  /** A real recording, which the test is skipped without. */
  static Path real(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here");
    return path;
  }

  /** A copy of a real recording that may be changed. */
  static Path copy(String name, Path folder) {
    try {
      Path copy = folder.resolve(Path.of(name).getFileName());
      Files.write(copy, Files.readAllBytes(real(name)));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

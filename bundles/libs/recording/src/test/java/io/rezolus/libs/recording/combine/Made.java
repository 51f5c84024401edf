package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Recordings of a counter {@code 0}, a gauge {@code 1} and a histogram {@code 2}. */
public final class Made {
  public static final long SECOND = 1_000_000_000L;
  private static final int GROUP = 3;

  private final Path folder;

  public Made(Path folder) {
    this.folder = folder;
  }

  /** An agent's recording: rows at {@code seconds} plus an offset, the counter is the second. */
  public CombineInput agent(String node, long offset, long... seconds) throws IOException {
    return input(
        node + ".parquet",
        Map.of("source", "rezolus", "sampling_interval_ms", "1000", "node", node),
        Map.of("sampler", "cpu"),
        offset,
        seconds);
  }

  public CombineInput service(String file, String source, String instance, long... seconds)
      throws IOException {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("source", source);
    metadata.put("sampling_interval_ms", "1000");
    if (instance != null) {
      metadata.put("instance", instance);
    }
    return input(file, metadata, Map.of(), 0, seconds);
  }

  public CombineInput input(
      String file,
      Map<String, String> metadata,
      Map<String, String> labels,
      long offset,
      long... seconds)
      throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    List<ArrowField> fields = new ArrayList<>();
    fields.add(new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()));
    fields.add(new ArrowField("duration", ArrowField.Type.UINT64, true, Map.of()));
    fields.add(field("0", ArrowField.Type.UINT64, labels, "requests"));
    fields.add(field("1", ArrowField.Type.INT64, labels, "level"));
    Map<String, String> histogram = new TreeMap<>(labels);
    histogram.put("grouping_power", "0");
    histogram.put("max_value_power", "2");
    fields.add(field("2:buckets", ArrowField.Type.UINT64_LIST, histogram, "latency"));
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      // several row groups, as long recordings have
      for (int from = 0; from < seconds.length; from += GROUP) {
        int rows = Math.min(GROUP, seconds.length - from);
        long[] times = new long[rows];
        long[] counters = new long[rows];
        long[] gauges = new long[rows];
        long[][] lists = new long[rows][];
        for (int i = 0; i < rows; i++) {
          times[i] = seconds[from + i] * SECOND + offset;
          counters[i] = seconds[from + i];
          gauges[i] = -seconds[from + i];
          lists[i] = new long[] {seconds[from + i], 0, -1};
        }
        out.startRowGroup(rows);
        out.longs(times);
        out.longs(counters);
        out.longs(counters);
        out.longs(gauges);
        out.lists(lists);
      }
      out.finish(metadata);
    }
    return open(path);
  }

  static CombineInput open(Path path) throws IOException {
    ParquetRecording recording = ParquetRecording.open(path);
    String file = path.getFileName().toString();
    return new CombineInput(
        file, file.replace(".parquet", ""), recording.table(), recording.metadata());
  }

  private static ArrowField field(
      String name, ArrowField.Type type, Map<String, String> labels, String metric) {
    Map<String, String> metadata = new TreeMap<>(labels);
    metadata.put("metric", metric);
    return new ArrowField(name, type, true, metadata);
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.rez.RezBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Archives of every version with the same two tables, made up for a test. */
final class TestArchive {
  private static final int BLOCK = 512;

  private TestArchive() {}

  static byte[] segment(Path folder, String metric) {
    try {
      Path file =
          new TestRecording()
              .counter(metric, Map.of("metric", metric, "sampler", metric))
              .write(folder.resolve("segment"));
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Version 3: the samplers {@code cpu_usage} and {@code hits}. */
  static Path sqlite(Path folder) {
    Path path = folder.resolve("run.rez");
    try (RezBuilder builder = RezBuilder.create(path)) {
      long id =
          builder.addRecording(
              Map.of("source", "cache", "host", "h"),
              Map.of("source", "cache", "sampling_interval_ms", "1000"),
              true,
              TestRecording.START,
              List.of());
      for (String name : List.of("cpu_usage", "hits")) {
        long last = TestRecording.START + (TestRecording.ROWS - 1) * 1_000_000_000L;
        builder.addSegment(
            id, name, segment(folder, name), TestRecording.ROWS, TestRecording.START, last);
      }
      builder.publish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  /** Version 2: the same, and a table without rows. */
  static Path tar(Path folder) {
    String manifest =
        """
        {"version":2,"recordings":[{"dir":"cache","labels":{"source":"cache","host":"h"},
         "metadata":{"source":"cache","sampling_interval_ms":"1000"},"complete":true,
         "tables":[{"sampler":"cpu_usage","file":"cpu_usage.parquet","rows":10,
                    "cadence_ns":1000000000},
                   {"sampler":"hits","files":["hits/0000.parquet"],"rows":10,"cadence_ns":null},
                   {"sampler":"idle","rows":0,"cadence_ns":null}]}]}
        """;
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "cache/cpu_usage.parquet", segment(folder, "cpu_usage"));
    entry(tar, "cache/hits/0000.parquet", segment(folder, "hits"));
    entry(tar, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    tar.writeBytes(new byte[2 * BLOCK]);
    try {
      return Files.write(folder.resolve("old.rez"), tar.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void entry(ByteArrayOutputStream tar, String name, byte[] bytes) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, String.format("%011o\0", bytes.length));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar  \0");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    tar.writeBytes(header);
    tar.writeBytes(bytes);
    tar.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

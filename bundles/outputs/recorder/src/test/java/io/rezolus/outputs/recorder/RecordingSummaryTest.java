package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.test.agent.SnapshotServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecordingSummaryTest {
  @TempDir Path dir;

  @Test
  void capture_writes_a_recording_and_prints_its_summary() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path output = dir.resolve("capture.parquet");
    int status =
        new CommandLine(
                new CaptureCommand(new CountingSource(), new StopSwitch(), print(out), print(err)))
            .execute("-d", "500ms", "-i", "100ms", "-o", output.toString());
    assertEquals(0, status);
    long rows = ParquetRecording.open(output).table().rows();
    assertTrue(rows >= 2 && rows <= 6, rows + " rows");
    String table = out.toString(StandardCharsets.UTF_8);
    assertTrue(table.startsWith(rows + " samples over " + (rows - 1) + ".0 s"), table);
    // 100 calls in each of the snapshots' seconds
    assertTrue(table.matches("(?s).*System calls +100/s\n +read +100/s.*"), table);
    assertTrue(table.contains("CPU busy           not measured"), table);
    assertTrue(table.contains("Runqueue latency   p50 "), table);
    assertTrue(table.contains("cpu_usage              failed: no BTF"), table);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("remaining"));
  }

  @Test
  void summarises_an_upstream_recording() throws IOException {
    Path path =
        Path.of(System.getProperty("rezolus.testdata", "")).resolve("upstream/recorded.parquet");
    assumeTrue(Files.exists(path), path + " is not here");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordingSummary.of(ParquetRecording.open(path)).print(print(out));
    String table = out.toString(StandardCharsets.UTF_8);
    assertTrue(table.matches("(?s).*CPU busy +[0-9.]+ % of 2 CPUs.*"), table);
    assertTrue(table.contains("Samplers that ran: "), table);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static final class CountingSource implements SampleSource {
    private int taken;

    @Override
    public Snapshot sample() {
      return SnapshotServer.snapshot(++taken);
    }

    @Override
    public boolean entries() {
      return false;
    }

    @Override
    public void cancel() {}

    @Override
    public SourceDetails details() {
      return new SourceDetails(
          Protocol.MSGPACK,
          "rezolus",
          "here",
          null,
          null,
          "[{\"name\":\"syscall_counts\",\"state\":\"active\"},"
              + "{\"name\":\"cpu_usage\",\"state\":\"failed\",\"error\":\"no BTF\"}]");
    }
  }
}

package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.test.agent.SnapshotServer;
import io.rezolus.test.agent.TextServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording, and what is done with a recording. */
class RecordTest {
  @TempDir Path folder;

  @Test
  void two_endpoints_are_recorded_looked_into_and_exported() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        TextServer service = new TextServer(n -> "# TYPE jobs counter\njobs " + n + "\n")) {
      RunningMode.Outcome recorded =
          RunningMode.run(
              folder,
              "record",
              "--duration",
              "2s",
              "--interval",
              "100ms",
              "--endpoint",
              "127.0.0.1:" + agent.port() + ",source=rezolus",
              "--endpoint",
              "http://127.0.0.1:" + service.port() + "/metrics,source=queue",
              "-o",
              "run.parquet");
      assertEquals(0, recorded.status(), recorded.err());
      assertEquals("", recorded.out());
    }
    RunningMode.Outcome known = run("recording", "metadata", "-i", "run.parquet");
    assertTrue(known.out().contains("queue") && known.out().contains("rezolus"), known.out());

    String series = "count(last_over_time({__name__=~\"syscall|jobs\"}[100y]))";
    String csv = run("query", "run.parquet", series, "--time", "-0s", "-f", "csv").out();
    assertTrue(csv.startsWith("time,value\n") && csv.trim().endsWith(",2"), csv);

    run("recording", "export", "run.parquet", "--to", "arrow", "-o", "run.arrow");
    byte[] arrow = Files.readAllBytes(folder.resolve("run.arrow"));
    assertEquals("ARROW1", new String(arrow, 0, 6, StandardCharsets.US_ASCII));
    String rows = run("recording", "export", "run.parquet", "--to", "csv").out();
    assertTrue(rows.lines().count() > 2, rows);
  }

  @Test
  void raw_snapshots_are_recorded_and_converted() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      String url = "http://127.0.0.1:" + agent.port();
      run("record", "--url", url, "-d", "1s", "-i", "200ms", "-f", "raw", "-o", "run.raw");
    }
    run("recording", "convert", "run.raw", "-o", "run.parquet");
    byte[] parquet = Files.readAllBytes(folder.resolve("run.parquet"));
    assertEquals("PAR1", new String(Arrays.copyOf(parquet, 4), StandardCharsets.US_ASCII));
    String json = run("query", "run.raw", "memory_total", "--format", "json").out();
    assertTrue(json.contains("\"1073741824\""), json);
  }

  @Test
  void a_command_is_recorded_and_its_status_handed_on() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      RunningMode.Outcome outcome =
          RunningMode.run(
              folder,
              "record",
              "--url",
              "127.0.0.1:" + agent.port(),
              "-i",
              "100ms",
              "-o",
              "run.rez",
              "--",
              "sh",
              "-c",
              "sleep 0.5; exit 7");
      assertEquals(7, outcome.status(), outcome.err());
      assertTrue(Files.size(folder.resolve("run.rez")) > 0);
    }
  }

  @Test
  void nothing_is_left_where_nobody_answers() throws Exception {
    RunningMode.Outcome outcome =
        RunningMode.run(folder, "record", "--url", "127.0.0.1:1", "-d", "1s", "-o", "run.parquet");
    assertEquals(1, outcome.status(), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertFalse(Files.exists(folder.resolve("run.parquet")));
  }

  private RunningMode.Outcome run(String... arguments) throws Exception {
    RunningMode.Outcome outcome = RunningMode.run(folder, arguments);
    assertEquals(0, outcome.status(), String.join(" ", arguments) + ": " + outcome.err());
    return outcome;
  }
}

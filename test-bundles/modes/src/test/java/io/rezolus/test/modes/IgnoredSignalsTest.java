package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.test.agent.SnapshotServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script starts in the background ignores interrupts, and under nohup hangups. */
class IgnoredSignalsTest {
  private static final List<String> IGNORING =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  @TempDir Path folder;

  @BeforeEach
  void signals_can_be_reset() throws Exception {
    assumeTrue(
        new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0,
        "this env(1) has no --default-signal");
  }

  @Test
  void an_interrupt_ends_a_recording_and_a_hangup_does_not() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode record =
            RunningMode.start(
                IGNORING,
                folder,
                Map.of(),
                "record",
                "--url",
                "127.0.0.1:" + agent.port(),
                "-i",
                "100ms",
                "-o",
                "run.parquet")) {
      awaitServed(agent, 5);
      record.signal("HUP");
      awaitServed(agent, agent.served() + 5);
      assertTrue(record.isAlive());
      record.signal("INT");
      RunningMode.Outcome outcome = record.end();
      assertEquals(0, outcome.status(), outcome.err());
    }
    RunningMode.Outcome metadata =
        RunningMode.run(folder, "recording", "metadata", folder.resolve("run.parquet").toString());
    assertEquals(0, metadata.status(), metadata.err());
  }

  @Test
  void a_hangup_makes_hindsight_capture() throws Exception {
    Path output = folder.resolve("copy.rez");
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      Path config =
          Files.writeString(
              folder.resolve("hindsight.toml"),
              """
              [general]
              interval = "200ms"
              duration = "1m"
              source = "127.0.0.1:%d"
              output = "%s"
              """
                  .formatted(agent.port(), output));
      try (RunningMode hindsight =
          RunningMode.start(IGNORING, folder, Map.of(), "hindsight", config.toString())) {
        hindsight.await("buffering");
        awaitServed(agent, 8);
        hindsight.signal("HUP");
        long end = System.currentTimeMillis() + 60_000;
        while (copies().isEmpty()) {
          assertTrue(System.currentTimeMillis() < end, "no copy");
          Thread.sleep(20);
        }
        hindsight.signal("INT");
        assertEquals(0, hindsight.end().status());
      }
    }
    for (Path copy : copies()) {
      assertTrue(Files.size(copy) > 0);
    }
  }

  private List<Path> copies() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("copy.*\\.rez")).toList();
    }
  }

  private static void awaitServed(SnapshotServer agent, int count) throws Exception {
    long end = System.currentTimeMillis() + 60_000;
    while (agent.served() < count) {
      assertTrue(System.currentTimeMillis() < end, "waited in vain");
      Thread.sleep(10);
    }
  }
}

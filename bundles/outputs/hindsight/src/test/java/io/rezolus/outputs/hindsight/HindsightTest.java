package io.rezolus.outputs.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindsightTest {
  @TempDir Path dir;
  private SnapshotServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new SnapshotServer(0, UnaryOperator.identity());
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void a_hangup_captures_and_goes_on_and_a_terminate_ends_cleanly() throws Exception {
    try (HindsightProcess process = start("1m")) {
      process.await("buffering 1m of metrics at 200ms in ", 1);
      await(4);
      process.signal("HUP");
      process.await("capture complete", 1);
      long first = rows(output());
      assertTrue(first >= 3, first + " rows");
      await(3);
      process.signal("HUP");
      process.await("capture complete", 2);
      assertTrue(rows(output()) > first);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
    assertEquals(List.of("h.toml", "log", "out.rez"), files());
  }

  @Test
  void a_killed_one_is_resumed_with_what_it_had_kept() throws Exception {
    try (HindsightProcess process = start("1m")) {
      process.await("buffering", 1);
      await(4);
      process.signal("KILL");
      process.end();
    }
    long before = rows(dir.resolve(".out.rez.hindsight/hindsight.rez"));
    assertTrue(before >= 3, before + " rows");
    try (HindsightProcess process = start("1m")) {
      process.await("going on with what an earlier run has kept", 1);
      await(5);
      process.signal("HUP");
      process.await("capture complete", 1);
      process.signal("INT");
      process.end();
    }
    assertTrue(rows(output()) > before);
    assertStrictlyRising(output());
  }

  @Test
  void a_dead_agent_is_waited_for_at_the_start_and_later() throws Exception {
    int port = server.port();
    server.close();
    try (HindsightProcess process = start("1m")) {
      process.await("waiting for the agent", 1);
      server = new SnapshotServer(port, UnaryOperator.identity());
      process.await("buffering", 1);
      await(3);
      server.close();
      process.await("sample missed", 1);
      process.signal("HUP");
      process.await("capture complete", 1);
      server = new SnapshotServer(port, UnaryOperator.identity());
      process.await("sampling again", 1);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
  }

  @Test
  void an_agent_that_hangs_keeps_it_neither_from_a_capture_nor_from_ending() throws Exception {
    server.answerOnly(0);
    try (HindsightProcess process = start("1m")) {
      server.awaitUnanswered(1);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
    server.answerOnly(Integer.MAX_VALUE);
    try (HindsightProcess process = start("1m")) {
      process.await("buffering", 1);
      await(4);
      server.answerOnly(0);
      process.await("sample missed: no answer within 2000 ms", 1);
      process.signal("HUP");
      process.await("capture complete", 1);
      server.awaitUnanswered(server.unanswered() + 1);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
    assertTrue(rows(output()) >= 3);
  }

  @Test
  void what_is_older_than_the_lookback_is_let_go_of_and_keeps_its_labels() throws Exception {
    try (HindsightProcess process = start("1s")) {
      process.await("buffering", 1);
      await(20);
      process.signal("HUP");
      process.await("capture complete", 1);
      process.signal("TERM");
      process.end();
    }
    long rows = rows(output());
    assertTrue(rows >= 1 && rows <= 8, rows + " rows");
    try (RezFile file = RezFile.open(output())) {
      for (RecordedColumn column : file.recordings().get(0).tables().get(0).columns()) {
        assertFalse(column.metric().isEmpty());
        assertTrue(column.labels().containsKey("sampler"), column.toString());
      }
    }
  }

  @Test
  void a_second_one_with_the_same_output_is_refused() throws Exception {
    try (HindsightProcess process = start("1m")) {
      process.await("buffering", 1);
      try (HindsightProcess second =
          HindsightProcess.start(dir.resolve("h.toml"), dir.resolve("log2"))) {
        assertEquals(1, second.end());
        assertTrue(second.said().contains("in use"), second.said());
      }
    }
  }

  @Test
  void a_wrong_file_is_one_line_with_its_place() throws Exception {
    Path config = dir.resolve("h.toml");
    Files.writeString(config, "[general]\ninterval = \"0s\"\n");
    try (HindsightProcess process = HindsightProcess.start(config, log())) {
      assertEquals(1, process.end());
      assertTrue(process.said().contains("h.toml:2: interval: 0s"), process.said());
      assertEquals(1, process.said().lines().count(), process.said());
    }
  }

  private HindsightProcess start(String lookback) throws IOException {
    return HindsightProcess.start(dir, server.port(), lookback, output());
  }

  /** Waits for so many readings more; what was asked for before it buffers is none. */
  private void await(int readings) throws InterruptedException {
    server.awaitServed(server.served() + readings);
  }

  private Path output() {
    return dir.resolve("out.rez");
  }

  private Path log() {
    return dir.resolve("log");
  }

  private static long rows(Path archive) throws IOException {
    try (RezFile file = RezFile.open(archive)) {
      return file.recordings().get(0).tables().get(0).rows();
    }
  }

  private static void assertStrictlyRising(Path archive) throws IOException {
    try (RezFile file = RezFile.open(archive)) {
      Table table = file.recordings().get(0).tables().get(0);
      long last = 0;
      for (int part = 0; part < table.parts(); part++) {
        for (long time : table.timestamps(part)) {
          assertTrue(time > last);
          last = time;
        }
      }
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(dir)) {
      return List.copyOf(new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()));
    }
  }
}

package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.test.agent.RawServer;
import io.rezolus.test.agent.SnapshotServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that take a request and do not answer it. */
@Timeout(300)
class HangingEndpointTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final StopSwitch stop = new StopSwitch();

  @Test
  void one_that_never_answers_is_not_waited_for_much_longer_than_a_short_recording_takes()
      throws IOException {
    for (RawServer server :
        new RawServer[] {
          RawServer.full(),
          RawServer.silentAfter(""),
          RawServer.endless("HTTP/1.1 200 OK\r\n", "X: y\r\n", 50),
          RawServer.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
        }) {
      try (server) {
        messages.reset();
        assertEquals(1, record("--url", "localhost:" + server.port(), "-d", "1s"));
        assertTrue(said().contains("/metrics/binary: no answer within 5000 ms; start"), said());
        assertEquals(1, said().lines().count(), said());
        // not asked again for what it hangs on
        assertTrue(server.connections() <= 1, server.connections() + " requests");
      }
    }
    assertNothingIsLeft();
  }

  @Test
  void a_stop_does_not_wait_for_the_first_answer() throws Exception {
    try (RawServer server = RawServer.silentAfter("")) {
      Thread stopper = new Thread(() -> stopAfter(server, 1));
      stopper.start();
      assertEquals(1, record("--url", "localhost:" + server.port()));
      stopper.join();
      assertEquals("stopped before the first sample", said().strip());
    }
    assertNothingIsLeft();
  }

  @Test
  void a_stop_does_not_wait_for_a_sample() throws Exception {
    try (SnapshotServer server = agent(3)) {
      Thread stopper =
          new Thread(
              () -> {
                while (server.unanswered() == 0) {
                  pause();
                }
                stop.stop();
              });
      stopper.start();
      // a sample may take 4 s at this interval
      assertEquals(0, record("--url", "localhost:" + server.port(), "-i", "2s"));
      stopper.join();
      assertEquals(2, rows());
      assertFalse(said().contains("no answer"), said());
    }
  }

  @Test
  void the_end_of_the_time_does_not_wait_for_a_sample() throws Exception {
    // the probe and one sample
    try (SnapshotServer server = agent(2)) {
      // the second sample is asked for after some 6 s and may take 10 s, the end is after 10 s
      assertEquals(0, record("--url", "localhost:" + server.port(), "-i", "5s", "-d", "5500ms"));
      assertEquals(1, rows());
      assertTrue(said().contains("missed: no answer when the recording was over"), said());
    }
  }

  @Test
  void the_end_of_a_command_does_not_wait_for_a_sample() throws Exception {
    try (SnapshotServer server = agent(1)) {
      // the first sample is asked for after 4 s at least and may take 10 s
      String url = "localhost:" + server.port();
      assertEquals(1, record("--url", url, "-i", "5s", "--", "sleep", "6"));
      assertTrue(said().contains("no answer when the recording was over"), said());
    }
    assertNothingIsLeft();
  }

  @Test
  void details_that_hang_are_done_without() throws IOException {
    try (SnapshotServer server = agent(Integer.MAX_VALUE)) {
      server.answerNoDetails();
      assertEquals(0, record("--url", "localhost:" + server.port(), "-i", "100ms", "-d", "300ms"));
      assertTrue(rows() >= 1);
      assertEquals(1, server.unanswered());
    }
  }

  @Test
  void one_that_hangs_at_the_start_does_not_keep_the_others_waiting() throws IOException {
    try (RawServer hung = RawServer.silentAfter("");
        SnapshotServer agent = new SnapshotServer(0, UnaryOperator.identity())) {
      assertEquals(
          0,
          record(
              "--endpoint",
              "localhost:" + agent.port(),
              "--endpoint",
              "localhost:" + hung.port() + ",source=other",
              "-i",
              "100ms",
              "-d",
              "3s"));
      // "yet" where the agent is quick enough to prove that nobody waited
      assertTrue(
          said().lines().anyMatch(line -> line.matches(".*no answer .*; recorded from when it.*")),
          said());
      assertTrue(rows() > 1);
    }
  }

  private static SnapshotServer agent(int answers) throws IOException {
    SnapshotServer server = new SnapshotServer(0, UnaryOperator.identity());
    server.answerOnly(answers);
    return server;
  }

  private void stopAfter(RawServer server, int connections) {
    while (server.connections() < connections) {
      pause();
    }
    stop.stop();
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int record(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "-o";
    words[1] = output().toString();
    System.arraycopy(more, 0, words, 2, more.length);
    return RecordRun.of(stop, messages, words);
  }

  private long rows() throws IOException {
    return ParquetRecording.open(output()).table().rows();
  }

  private Path output() {
    return dir.resolve("out.parquet");
  }

  private String said() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  private void assertNothingIsLeft() throws IOException {
    try (var files = Files.list(dir)) {
      assertEquals(0, files.count());
    }
  }
}

package io.rezolus.outputs.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that find something of an earlier run, or no agent. */
class HindsightRestartTest {
  private static final int MANY_ROWS = 3000;

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
  void what_a_killed_one_had_kept_can_be_captured_while_the_agent_is_gone_and_outlives_the_wait()
      throws Exception {
    leaveRows(50);
    int port = server.port();
    server.close();
    try (HindsightProcess process = start(port)) {
      process.await("waiting for the agent", 1);
      process.signal("HUP");
      process.await("capture complete", 1);
      process.signal("TERM");
      assertEquals(0, process.end());
      assertTrue(process.said().contains("what is buffered stays in"), process.said());
    }
    assertEquals(50, RezCatalog.read(output()).rows());
    assertEquals(50, RezCatalog.read(buffer()).rows());
  }

  @Test
  void without_anything_buffered_a_hangup_changes_nothing_and_nothing_is_left() throws Exception {
    int port = server.port();
    server.close();
    try (HindsightProcess process = start(port)) {
      process.await("waiting for the agent", 1);
      process.signal("HUP");
      process.await("nothing to capture yet", 1);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
    assertFalse(Files.exists(output()) || Files.exists(buffer().getParent()));
  }

  @Test
  void an_answer_that_is_no_reading_is_no_agent() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.start(); // it knows no path
    try (HindsightProcess process = start(other.getAddress().getPort())) {
      process.await("404", 1);
      process.await("waiting for the agent", 1);
      assertFalse(process.said().contains("buffering"), process.said());
      process.signal("TERM");
      assertEquals(0, process.end());
    } finally {
      other.stop(0);
    }
  }

  @Test
  void an_end_that_is_asked_for_during_a_capture_comes_after_it() throws Exception {
    leaveRows(MANY_ROWS);
    try (HindsightProcess process = start(server.port())) {
      process.await("going on with what an earlier run has kept", 1);
      process.signal("HUP");
      // whether it is under way or done by then
      while (!captureBegan()) {
        Thread.sleep(1);
      }
      process.signal("TERM");
      assertEquals(0, process.end());
      assertTrue(process.said().contains("capture complete"), process.said());
    }
    assertTrue(RezCatalog.read(output()).rows() >= MANY_ROWS);
    assertFalse(Files.exists(buffer().getParent()));
  }

  @Test
  void a_capture_that_fails_leaves_the_buffer_when_it_ends() throws Exception {
    leaveRows(20);
    // where the output is to be there is something that is no file
    try (HindsightProcess process = start(server.port())) {
      process.await("buffering", 1);
      Files.createDirectory(output());
      process.signal("HUP");
      process.await("capture failed", 1);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
    assertTrue(RezCatalog.read(buffer()).rows() >= 20);
  }

  @Test
  void a_buffer_that_is_damaged_is_put_aside_and_said() throws Exception {
    Files.createDirectory(buffer().getParent());
    Files.writeString(buffer(), "no archive");
    try (HindsightProcess process = start(server.port())) {
      process.await("put aside in", 1);
      process.await("buffering", 1);
      process.signal("TERM");
      assertEquals(0, process.end());
    }
    assertEquals(
        "no archive", Files.readString(dir.resolve(".out.rez.hindsight.unusable-1/hindsight.rez")));
  }

  private boolean captureBegan() throws IOException {
    try (var files = Files.list(dir)) {
      return files.anyMatch(
          file -> file.endsWith("out.rez") || file.toString().endsWith(".partial"));
    }
  }

  /** A buffer as a killed run leaves it, of another agent. */
  private void leaveRows(int rows) throws IOException {
    Files.createDirectory(buffer().getParent());
    long start = System.currentTimeMillis() * 1_000_000L - rows * 1_000_000L;
    try (RezWriter writer =
        RezWriter.create(
            buffer(), Map.of("source", "rezolus"), Map.of(), RezWriterOptions.standard(start))) {
      for (int i = 1; i <= rows; i++) {
        writer.append(SnapshotServer.snapshot(i), start + i * 1_000_000L, 0);
      }
    }
  }

  private HindsightProcess start(int port) throws IOException {
    Path config = dir.resolve("h.toml");
    Files.writeString(
        config,
        "[general]\ninterval = \"1s\"\nduration = \"1h\"\nsource = \"127.0.0.1:%d\"\noutput = \"%s\"\n"
            .formatted(port, output()));
    return HindsightProcess.start(config, dir.resolve("log"));
  }

  private Path output() {
    return dir.resolve("out.rez");
  }

  private Path buffer() {
    return dir.resolve(".out.rez.hindsight/hindsight.rez");
  }
}

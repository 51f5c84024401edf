package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.RezFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are not the same from the first sample to the last. */
@Timeout(120)
class RestartTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final StopSwitch stop = new StopSwitch();
  private ChangingAgent agent;

  @BeforeEach
  void serve() throws IOException {
    agent = new ChangingAgent();
  }

  @AfterEach
  void closeServer() {
    agent.close();
  }

  @Test
  void a_restart_between_two_samples_is_noted_and_what_is_known_is_asked_again() throws Exception {
    Map<String, String> metadata = record(dir.resolve("a.parquet"), agent::restart);
    assertFalse(said().contains("sample missed"), said());
    assertTrue(said().contains("was restarted; its counters begin anew"), said());
    String events = metadata.get("events");
    assertEquals(events.indexOf("restart\""), events.lastIndexOf("restart\""), events);
    assertTrue(metadata.get("systeminfo").contains("\"kernel\":2"), metadata.get("systeminfo"));
  }

  @Test
  void a_sampler_that_is_enabled_meanwhile_is_described() throws Exception {
    Map<String, String> metadata = record(dir.resolve("a.parquet"), agent::enable);
    assertEquals("{\"syscall\":\"Calls.\",\"extra\":\"More.\"}", metadata.get("descriptions"));
    assertNull(metadata.get("events"));
    assertFalse(said().contains("restarted"), said());
  }

  @Test
  void an_archive_says_it_too() throws Exception {
    Path out = dir.resolve("a.rez");
    record(
        out,
        () -> {
          agent.restart();
          agent.enable();
        });
    try (RezFile file = RezFile.open(out)) {
      Map<String, String> metadata = file.recordings().get(0).metadata();
      assertEquals("{\"syscall\":\"Calls.\",\"extra\":\"More.\"}", metadata.get("descriptions"));
      assertTrue(metadata.get("events").contains("\"kind\":\"restart\""), metadata.get("events"));
      assertTrue(metadata.get("systeminfo").contains("\"kernel\":2"), metadata.get("systeminfo"));
    }
  }

  /** Records until some samples after a change; the file's key-values where it is parquet. */
  private Map<String, String> record(Path out, Runnable change) throws Exception {
    Thread changer =
        new Thread(
            () -> {
              awaitServed(5);
              change.run();
              awaitServed(agent.served() + 4);
              stop.stop();
            });
    changer.start();
    String url = "localhost:" + agent.port();
    assertEquals(
        0,
        RecordRun.of(stop, messages, "--url", url, "-o", out.toString(), "-i", "100ms"),
        this::said);
    changer.join();
    return out.toString().endsWith(".rez") ? null : ParquetRecording.open(out).metadata();
  }

  private void awaitServed(int count) {
    try {
      while (agent.served() < count) {
        Thread.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String said() {
    return messages.toString(StandardCharsets.UTF_8);
  }
}

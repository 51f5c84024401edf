package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals that come while a process starts: it ends without a word and leaves nothing. */
class StartSignalsTest {
  private static final int TIMES = 10;

  private final Random random = new Random(7);

  @TempDir Path folder;
  private Path temporary;
  private Map<String, String> environment;

  @BeforeEach
  void places() throws Exception {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    environment = Map.of("TMPDIR", temporary.toString());
    Files.writeString(folder.resolve("agent.toml"), "[general]\nlisten = \"127.0.0.1:0\"\n");
  }

  @Test
  void an_agent_that_is_told_to_stop_while_it_starts_does_so() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      String signal = i % 2 == 0 ? "TERM" : "INT";
      RunningMode.Outcome outcome = interrupted(signal, "agent.toml");
      assertEquals(0, outcome.status(), signal + outcome.err());
      assertEquals("", outcome.out());
      // it may just have been ready
      assertTrue(
          outcome.err().isEmpty() || outcome.err().matches("rezolus \\S+ ready in .*\n"),
          outcome.err());
    }
  }

  @Test
  void a_capture_that_is_interrupted_while_it_starts_writes_nothing() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      RunningMode.Outcome outcome =
          interrupted("INT", "capture", "-i", "1h", "-o", "run.parquet", "-f", "parquet");
      // once it has begun, no sample is a failure that it tells
      if (outcome.status() == 130) {
        assertEquals("", outcome.err());
      } else {
        assertEquals(1, outcome.err().lines().count(), outcome.err());
      }
      assertEquals("", outcome.out());
      assertFalse(outcome.err().contains("ERROR"), outcome.err());
      assertFalse(Files.exists(folder.resolve("run.parquet")));
    }
  }

  /** Some time after the process has begun to unpack what it needs. */
  private RunningMode.Outcome interrupted(String signal, String... arguments) throws Exception {
    try (RunningMode mode = RunningMode.start(folder, environment, arguments)) {
      while (temporary.toFile().list().length == 0 && mode.isAlive()) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(700));
      mode.signal(signal);
      RunningMode.Outcome outcome = mode.end();
      assertEquals(0, temporary.toFile().list().length, signal);
      return outcome;
    }
  }
}

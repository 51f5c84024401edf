package io.rezolus.analysis.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.recording.SampleCache;
import io.rezolus.test.agent.SnapshotServer;
import io.rezolus.test.agent.TextServer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A running agent as a capture. */
class LiveInputTest {
  private static final long PATIENCE_MILLIS = 30_000;

  private final Inputs inputs =
      new Inputs(new SampleCache(1 << 20), Duration.ofMinutes(10), 1 << 24, capture -> {});

  @AfterEach
  void close() {
    inputs.close();
  }

  @Test
  void grows_while_the_agent_answers() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      Capture capture = open(agent.port());
      assertTrue(capture.live());
      assertEquals("http://127.0.0.1:" + agent.port() + "/", capture.origin());
      long first = capture.source().endNanos();
      await(() -> capture.source().endNanos() > first);
    }
  }

  @Test
  void knows_units_from_the_snapshots_and_help_texts_from_the_agent() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      CatalogSource source = open(agent.port()).source();
      MetricInfo calls = source.metrics().get("syscall");
      assertEquals(new MetricInfo("counter", "syscalls", "Calls.", 1), calls);
      assertEquals("nanoseconds", source.metrics().get("scheduler_runqueue_latency").unit());
      for (Labels labels : source.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
        assertEquals("", labels.get("unit"), labels.toString());
      }
    }
  }

  @Test
  void holds_what_it_has_while_the_agent_is_away_and_goes_on_afterwards() throws Exception {
    SnapshotServer before = new SnapshotServer(0, body -> body);
    Capture capture = open(before.port());
    before.close();
    long held = capture.source().endNanos();
    assertFalse(capture.source().series(List.of(), 0, Long.MAX_VALUE).isEmpty());
    int port = before.port();
    try (SnapshotServer after = new SnapshotServer(port, body -> body)) {
      await(() -> after.served() > 0 && capture.source().endNanos() >= held);
      await(() -> capture.source().endNanos() > held);
    }
  }

  @Test
  void nobody_there_and_somebody_else_there_are_told_at_the_start() throws Exception {
    refused("http://127.0.0.1:1", ExitCode.FAILURE);
    refused("http://", ExitCode.USAGE);
    try (TextServer other = new TextServer(n -> "up 1\n")) {
      refused("http://127.0.0.1:" + other.port() + "/metrics", ExitCode.FAILURE);
    }
  }

  private void refused(String url, int code) {
    CommandException e = assertThrows(CommandException.class, () -> inputs.open(Input.parse(url)));
    assertEquals(code, e.exitCode(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().contains(url), e.getMessage());
  }

  private Capture open(int port) throws CommandException {
    inputs.open(Input.parse("http://127.0.0.1:" + port));
    return inputs.captures().get(0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.currentTimeMillis() < end, "not in time");
      Thread.sleep(20);
    }
  }
}

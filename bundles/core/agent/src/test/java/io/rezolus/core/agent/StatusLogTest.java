package io.rezolus.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.SamplerStatus;
import io.rezolus.core.api.snapshot.SamplerStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusLogTest {
  private final StatusLog log = new StatusLog();
  private final PrintStream console = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(console);
  }

  @Test
  void what_an_update_passes_through_is_not_said() {
    settle(active("a"));
    assertFalse(log.report(List.of(failed("a", "its component is not there"))));
    assertFalse(log.report(List.of(disabled("a"))));
    settle(active("a"));
    assertEquals("", text());
  }

  @Test
  void trouble_that_lasts_and_its_end_are_said_once() {
    settle(active("a"));
    settle(failed("a", "it broke"));
    settle(failed("a", "it broke"));
    settle(active("a"));
    assertEquals(2, text().lines().count(), this::text);
    assertTrue(text().contains("a: failed: it broke"), this::text);
    assertTrue(text().contains("a: healthy"), this::text);
  }

  @Test
  void samplers_with_one_reason_share_a_line() {
    settle(failed("b", "no BTF"), failed("a", "no BTF"), failed("c", "another"));
    assertEquals(2, text().lines().count(), this::text);
    assertTrue(text().contains("a b: failed: no BTF"), this::text);
  }

  @Test
  void a_sampler_that_is_gone_for_two_looks_is_removed() {
    settle(active("a"));
    settle();
    assertEquals(1, text().lines().count(), this::text);
    assertTrue(text().contains("a: removed"), this::text);
  }

  private void settle(SamplerStatus... samplers) {
    log.report(List.of(samplers));
    assertTrue(log.report(List.of(samplers)));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private static SamplerStatus active(String name) {
    return new SamplerStatus(name, State.ACTIVE, null, null, "bundle", 0);
  }

  private static SamplerStatus failed(String name, String reason) {
    return new SamplerStatus(name, State.FAILED, reason, null, "bundle", 0);
  }

  private static SamplerStatus disabled(String name) {
    return new SamplerStatus(name, State.DISABLED, "bundle is stopped", null, "bundle", 0);
  }
}

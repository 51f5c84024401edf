package io.rezolus.outputs.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {

  private static String samplers(SamplerStatus... samplers) {
    return text(Body.json(json -> StatusDocument.samplers(json, List.of(samplers))));
  }

  private static String text(Body body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void shows_a_healthy_sampler_with_its_programs() {
    assertEquals(
        "[{\"name\":\"cpu_migrations\",\"state\":\"active\",\"health\":\"healthy\",\"programs\":["
            + "{\"name\":\"sched_switch\",\"attached\":true,\"intent\":{\"type\":\"required\"},"
            + "\"expected\":true,\"verdict\":\"ok\",\"hook\":\"tp_btf/sched_switch\"}],"
            + "\"bundle\":\"b 1\",\"refresh_ns\":5}]",
        samplers(
            new SamplerStatus(
                "cpu_migrations",
                SamplerStatus.State.ACTIVE,
                null,
                SamplerHealth.of(
                    List.of(ProgramStatus.attached("sched_switch", "tp_btf/sched_switch"))),
                "b 1",
                5)));
  }

  @Test
  void shows_why_a_sampler_failed() {
    assertEquals(
        "[{\"name\":\"a\",\"state\":\"failed\",\"error\":\"no PMU\",\"refresh_ns\":0},"
            + "{\"name\":\"b\",\"state\":\"disabled\",\"refresh_ns\":0}]",
        samplers(
            new SamplerStatus("a", SamplerStatus.State.FAILED, "no PMU", null, null, 0),
            new SamplerStatus("b", SamplerStatus.State.DISABLED, null, null, null, 0)));
  }

  @Test
  void shows_a_driver_program_that_does_not_apply() {
    ProgramStatus program =
        new ProgramStatus(
            "ena_tx_timeout",
            false,
            "absent",
            new ProgramStatus.Driver("ena"),
            "TX timeouts",
            false,
            ProgramStatus.Verdict.NOT_APPLICABLE,
            null);
    assertEquals(
        "[{\"name\":\"n\",\"state\":\"active\",\"health\":\"healthy\",\"programs\":["
            + "{\"name\":\"ena_tx_timeout\",\"attached\":false,\"error\":\"absent\","
            + "\"intent\":{\"type\":\"driver\",\"driver\":\"ena\"},\"label\":\"TX timeouts\","
            + "\"expected\":false,\"verdict\":\"not_applicable\"}],\"refresh_ns\":0}]",
        samplers(
            new SamplerStatus(
                "n",
                SamplerStatus.State.ACTIVE,
                null,
                SamplerHealth.of(List.of(program)),
                null,
                0)));
  }

  @Test
  void tells_what_concerns_the_agent_as_a_whole() {
    SamplerInventory inventory =
        new SamplerInventory() {
          @Override
          public List<SamplerStatus> samplers() {
            return List.of();
          }

          @Override
          public Map<String, String> descriptions() {
            return Map.of("a", "b");
          }

          @Override
          public String version() {
            return "1.2.3";
          }

          @Override
          public Duration uptime() {
            return Duration.ofMillis(7900);
          }

          @Override
          public Duration ttl() {
            return Duration.ofMillis(10);
          }

          @Override
          public Duration sinceReading() {
            return Duration.ofMillis(950);
          }

          @Override
          public String problem() {
            return "agent.toml:3: wrong";
          }
        };
    assertEquals(
        "{\"version\":\"1.2.3\",\"uptime_seconds\":7,\"ttl_seconds\":0,\"ttl_ms\":10,"
            + "\"last_reading_ms\":950,\"problem\":\"agent.toml:3: wrong\",\"samplers\":[]}",
        text(Body.json(json -> StatusDocument.status(json, inventory))));
    assertEquals(
        "{\"a\":\"b\"}",
        text(Body.json(json -> StatusDocument.descriptions(json, inventory.descriptions()))));
  }
}

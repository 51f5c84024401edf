package io.rezolus.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          general   | listen = 4241            | agent.toml:3: general.listen: 4241: expected host:port such as "127.0.0.1:4241", with a host that resolves
          general   | listen = "4241"          | agent.toml:3: general.listen: "4241": expected host:port such as "127.0.0.1:4241", with a host that resolves
          general   | listen = "localhost:99999" | agent.toml:3: general.listen: "localhost:99999": expected host:port such as "127.0.0.1:4241", with a host that resolves
          general   | ttl = "ten"              | agent.toml:3: general.ttl: "ten": expected a duration such as "10ms" or "1m 30s"
          general   | ttl = 10                 | agent.toml:3: general.ttl: 10: expected a duration such as "10ms" or "1m 30s"
          general   | btf_path = "/no/such"    | agent.toml:3: general.btf_path: "/no/such": expected the path of an existing file
          general   | snapshot_format = "V3"   | agent.toml:3: general.snapshot_format: "V3": expected one of v2, v3
          scheduler | policy = "rr"            | agent.toml:3: scheduler.policy: "rr": expected one of normal, fifo, round_robin
          scheduler | priority = 100           | agent.toml:3: scheduler.priority: 100: expected a whole number from 1 to 99
          scheduler | niceness = 5             | agent.toml:3: scheduler.niceness: only used with policy normal; remove it or choose that policy
          log       | level = "INFO"           | agent.toml:3: log.level: "INFO": expected one of error, warn, info, debug, trace
          defaults  | enabled = "yes"          | agent.toml:3: defaults.enabled: "yes": expected true or false
          defaults  | interval = "1 fortnight" | agent.toml:3: defaults.interval: "1 fortnight": expected a duration such as "10ms" or "1m 30s"
          samplers.cpu_usage | enabled = 1     | agent.toml:3: samplers.cpu_usage.enabled: 1: expected true or false
          samplers  | cpu_usage = true         | agent.toml:3: samplers.cpu_usage: true: expected a section, [samplers.cpu_usage]
          external_metrics | enabled = "on"    | agent.toml:3: external_metrics.enabled: "on": expected true or false
          """)
  void a_wrong_value_is_one_line_with_file_line_key_and_expectation(
      String section, String line, String message) throws Exception {
    assertEquals(message, errorOf("\n[" + section + "]\n" + line + "\n"));
  }

  @Test
  void a_mode_that_is_none_is_told_in_octal() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> parse("[external_metrics]\nenabled = true\nsocket_mode = 0o1777\n"));
    assertTrue(
        error
            .getMessage()
            .endsWith("socket_mode: 0o1777: expected permissions from 0o000 to 0o777"),
        error.getMessage());
  }

  @Test
  void a_priority_makes_no_sense_with_the_normal_policy() throws Exception {
    assertEquals(
        "agent.toml:3: scheduler.priority: not used with policy normal; remove it or choose policy"
            + " fifo or round_robin",
        errorOf("[scheduler]\npolicy = \"normal\"\npriority = 3\n"));
  }

  @Test
  void external_metrics_are_checked_only_when_enabled() throws Exception {
    String settings = "protocol = \"telepathy\"\nmax_metrics = 0\n";
    parse("[external_metrics]\nenabled = false\n" + settings);
    assertEquals(
        "agent.toml:3: external_metrics.protocol: \"telepathy\": expected one of binary, line, auto",
        errorOf("[external_metrics]\nenabled = true\nprotocol = \"telepathy\"\n"));
    parse("[external_metrics]\nenabled = true\nprotocol = \"AUTO\"\nsocket_mode = 0o660\n");
  }

  @Test
  void unknown_names_warn_and_name_the_nearest_one() throws Exception {
    AgentConfig config =
        parse("[genral]\n[general]\nlisen = \"x\"\n[samplers.cpu_usge]\nenbled = true\n[zebra]\n");
    assertEquals(
        List.of(
            "agent.toml:1: genral: unknown section, ignored; did you mean general?",
            "agent.toml:3: general.lisen: unknown key, ignored; did you mean listen?",
            "agent.toml:4: samplers.cpu_usge: unknown sampler, ignored; did you mean cpu_usage?",
            "agent.toml:5: samplers.cpu_usge.enbled: unknown key, ignored; did you mean enabled?",
            "agent.toml:6: zebra: unknown section, ignored"),
        config.warnings().stream().sorted().toList());
  }

  @Test
  void an_installed_sampler_is_known() throws Exception {
    Path file = folder.resolve("agent.toml");
    Files.writeString(file, "[samplers.hello]\nenabled = false\n");
    AgentConfig config = AgentConfigFile.parse(file, List.of("hello"));
    assertEquals(List.of(), config.warnings());
    assertFalse(config.enabled("hello"));
  }

  @Test
  void a_sampler_takes_over_the_defaults_key_by_key() throws Exception {
    AgentConfig config =
        parse(
            "[defaults]\nenabled = false\ninterval = \"5s\"\n"
                + "[samplers.drivehealth]\nenabled = true\n[samplers.cpu_usage]\n");
    assertTrue(config.enabled("drivehealth"));
    assertEquals("5s", config.sampler("drivehealth").get("interval"));
    assertFalse(config.enabled("cpu_usage"));
    assertFalse(config.enabled("memory_meminfo"));
  }

  @Test
  void the_defaults_never_turn_on_an_opt_in_sampler() throws Exception {
    assertFalse(parse("[defaults]\nenabled = true\n").enabled("gpu_amd_pmu"));
    assertTrue(parse("[samplers.gpu_amd_pmu]\nenabled = true\n").enabled("gpu_amd_pmu"));
  }

  @Test
  void an_empty_file_enables_everything_else() throws Exception {
    AgentConfig config = parse("");
    assertTrue(config.enabled("cpu_usage"));
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void a_file_that_is_no_toml_names_the_line() throws Exception {
    String message = errorOf("[general]\nttl = \n");
    assertTrue(message.startsWith("agent.toml:2: "), message);
    assertFalse(message.contains("\n"));
  }

  @Test
  void a_missing_file_is_named() {
    Path missing = folder.resolve("none.toml");
    ConfigException e = assertThrows(ConfigException.class, () -> AgentConfigFile.parse(missing));
    assertEquals(missing + ": no such file; name a TOML file", e.getMessage());
  }

  @Test
  void the_shipped_file_has_neither_errors_nor_warnings() throws Exception {
    AgentConfig config = AgentConfigFile.parse(Path.of("../../../config/agent.toml"));
    assertEquals(List.of(), config.warnings());
    assertEquals("127.0.0.1:4241", config.section("general").get("listen"));
  }

  private String errorOf(String text) throws Exception {
    return assertThrows(ConfigException.class, () -> parse(text)).getMessage();
  }

  private AgentConfig parse(String text) throws Exception {
    Path file = folder.resolve("agent.toml");
    Files.writeString(file, text);
    return AgentConfigFile.parse(file);
  }
}

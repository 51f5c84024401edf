package io.rezolus.core.config;

import java.util.Map;

/** Every section and key the agent's file may have, and what each value must be. */
final class ConfigRules {
  static final Map<String, Rule> SAMPLER =
      Map.of(
          "enabled", Rule.flag(),
          "interval", Rule.duration(),
          "gpu_perf_level", Rule.text());

  static final Map<String, Map<String, Rule>> SECTIONS =
      Map.of(
          "general",
          Map.of(
              "listen", Rule.listenAddress(),
              "ttl", Rule.duration(),
              "btf_path", Rule.existingFile(),
              "snapshot_format", Rule.oneOf("v2", "v3")),
          "scheduler",
          Map.of(
              "policy", Rule.oneOf("normal", "fifo", "round_robin"),
              "priority", Rule.number(1, 99),
              "niceness", Rule.number(-20, 19)),
          "log",
          Map.of("level", Rule.oneOf("error", "warn", "info", "debug", "trace")),
          "external_metrics",
          Map.of(
              "enabled", Rule.flag(),
              "socket_path", Rule.text(),
              "protocol", Rule.oneOfAnyCase("binary", "line", "auto"),
              "metric_ttl", Rule.duration(),
              "max_connections", Rule.number(1, Long.MAX_VALUE),
              "max_metrics", Rule.number(1, Long.MAX_VALUE),
              "max_metrics_per_connection", Rule.number(1, Long.MAX_VALUE),
              "socket_group", Rule.group(),
              "socket_mode", Rule.fileMode()),
          "defaults",
          SAMPLER);

  /** The section with one sub-section for each sampler. */
  static final String SAMPLERS = "samplers";

  private ConfigRules() {}
}

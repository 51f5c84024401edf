package io.rezolus.core.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A valid configuration of the agent, as far as its file states one.
 *
 * @param sections section name to key to value ({@code String}, {@code Long}, {@code Boolean});
 *     sections that are not in the file are missing
 * @param samplers sampler name to the keys of its own section
 * @param warnings lines about keys and samplers nobody knows
 */
public record AgentConfig(
    Map<String, Map<String, Object>> sections,
    Map<String, Map<String, Object>> samplers,
    List<String> warnings) {

  /** What applies without a file. */
  static final AgentConfig NONE = new AgentConfig(Map.of(), Map.of(), List.of());

  public AgentConfig {
    sections = Map.copyOf(sections);
    samplers = Map.copyOf(samplers);
    warnings = List.copyOf(warnings);
  }

  /** The keys of a section, none where it is missing. */
  public Map<String, Object> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  /** The keys that hold for a sampler: its own over those of {@code [defaults]}. */
  public Map<String, Object> sampler(String name) {
    Map<String, Object> merged = new TreeMap<>(section("defaults"));
    if (SamplerNames.optIn(name)) {
      merged.remove("enabled");
    }
    merged.putAll(samplers.getOrDefault(name, Map.of()));
    return merged;
  }

  /** Whether a sampler is to run. */
  public boolean enabled(String name) {
    Object enabled = sampler(name).get("enabled");
    return enabled instanceof Boolean flag ? flag : !SamplerNames.optIn(name);
  }
}

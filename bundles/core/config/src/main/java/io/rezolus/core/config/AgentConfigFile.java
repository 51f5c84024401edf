package io.rezolus.core.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads the agent's TOML file. A wrong value is an error, since a guess might switch off what
 * somebody relies on; an unknown key or sampler is a warning, so that a file written for another
 * release still works.
 */
public final class AgentConfigFile {
  private final String file;
  private final TomlParseResult toml;
  private final Collection<String> knownSamplers;
  private final List<String> warnings = new ArrayList<>();

  private AgentConfigFile(String file, TomlParseResult toml, Collection<String> knownSamplers) {
    this.file = file;
    this.toml = toml;
    this.knownSamplers = knownSamplers;
  }

  /**
   * Reads a file that may speak of any sampler of upstream Rezolus.
   *
   * @throws ConfigException when it cannot be read, is no TOML or has a wrong value
   */
  public static AgentConfig parse(Path path) throws ConfigException {
    return parse(path, List.of());
  }

  /**
   * @param installed names of further samplers that are known here
   * @throws ConfigException when it cannot be read, is no TOML or has a wrong value
   */
  public static AgentConfig parse(Path path, Collection<String> installed) throws ConfigException {
    TomlParseResult toml;
    try {
      toml = Toml.parse(Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new ConfigException(path + ": no such file; name a TOML file", e);
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": not a text in UTF-8", e);
    } catch (AccessDeniedException e) {
      throw new ConfigException(path + ": may not be read by this user", e);
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e.getMessage(), e);
    }
    String file = String.valueOf(path.getFileName());
    if (toml.hasErrors()) {
      TomlParseError error = toml.errors().get(0);
      throw new ConfigException(
          file + ':' + error.position().line() + ": " + oneLine(error.getMessage()));
    }
    return new AgentConfigFile(file, toml, SamplerNames.with(installed)).read();
  }

  private AgentConfig read() throws ConfigException {
    Map<String, Map<String, Object>> sections = new TreeMap<>();
    Map<String, Map<String, Object>> samplers = new TreeMap<>();
    TreeSet<String> sectionNames = new TreeSet<>(ConfigRules.SECTIONS.keySet());
    sectionNames.add(ConfigRules.SAMPLERS);
    for (String name : toml.keySet()) {
      if (!sectionNames.contains(name)) {
        warn(List.of(name), "unknown section", NearestName.of(name, sectionNames));
      } else if (name.equals(ConfigRules.SAMPLERS)) {
        TomlTable all = table(List.of(name));
        for (String sampler : all.keySet()) {
          samplers.put(sampler, sampler(sampler));
        }
      } else {
        sections.put(name, values(List.of(name), ConfigRules.SECTIONS.get(name)));
      }
    }
    checkScheduler(sections.getOrDefault("scheduler", Map.of()));
    return new AgentConfig(sections, samplers, warnings);
  }

  private Map<String, Object> sampler(String name) throws ConfigException {
    List<String> path = List.of(ConfigRules.SAMPLERS, name);
    if (!knownSamplers.contains(name)) {
      warn(path, "unknown sampler", NearestName.of(name, knownSamplers));
    }
    return values(path, ConfigRules.SAMPLER);
  }

  private Map<String, Object> values(List<String> path, Map<String, Rule> rules)
      throws ConfigException {
    TomlTable table = table(path);
    // what is switched off may be half filled in
    boolean checked =
        !path.get(0).equals("external_metrics")
            || Boolean.TRUE.equals(table.get(List.of("enabled")));
    Map<String, Object> values = new TreeMap<>();
    for (String key : table.keySet()) {
      List<String> keyPath = new ArrayList<>(path);
      keyPath.add(key);
      Object value = table.get(List.of(key));
      Rule rule = rules.get(key);
      if (rule == null) {
        warn(keyPath, "unknown key", NearestName.of(key, rules.keySet()));
        continue;
      }
      String expected = checked || key.equals("enabled") ? rule.expectedInsteadOf(value) : null;
      if (expected != null) {
        String found =
            key.equals("socket_mode") && value instanceof Long mode && mode >= 0
                ? "0o" + Long.toOctalString(mode)
                : shown(value);
        throw error(keyPath, found + ": expected " + expected);
      }
      values.put(key, value);
    }
    return values;
  }

  /** Real-time policies have a priority and no niceness, the normal one has it the other way. */
  private void checkScheduler(Map<String, Object> scheduler) throws ConfigException {
    boolean normal = "normal".equals(scheduler.get("policy"));
    String foreign = normal ? "priority" : "niceness";
    if (scheduler.containsKey(foreign)) {
      throw error(
          List.of("scheduler", foreign),
          normal
              ? "not used with policy normal; remove it or choose policy fifo or round_robin"
              : "only used with policy normal; remove it or choose that policy");
    }
  }

  private TomlTable table(List<String> path) throws ConfigException {
    Object value = toml.get(path);
    if (value instanceof TomlTable table) {
      return table;
    }
    throw error(path, shown(value) + ": expected a section, [" + String.join(".", path) + "]");
  }

  private void warn(List<String> path, String what, String nearest) {
    warnings.add(
        at(path) + what + ", ignored" + (nearest == null ? "" : "; did you mean " + nearest + '?'));
  }

  private ConfigException error(List<String> path, String problem) {
    return new ConfigException(at(path) + problem);
  }

  private String at(List<String> path) {
    TomlPosition position = toml.inputPositionOf(path);
    return file
        + (position == null ? "" : ":" + position.line())
        + ": "
        + String.join(".", path)
        + ": ";
  }

  private static String shown(Object value) {
    if (value instanceof String text) {
      return '"' + oneLine(text) + '"';
    }
    if (value instanceof TomlTable) {
      return "a section";
    }
    return value instanceof Number || value instanceof Boolean ? value.toString() : "this value";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}

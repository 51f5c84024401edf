package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.command.DurationConverter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine.TypeConversionException;

/**
 * What a file given with {@code --config} says: a table {@code [recording]} and one or more {@code
 * [[endpoints]]}.
 *
 * @param output the file to write
 * @param interval time between samples; null where it is not given
 * @param format layout of the output; null where it is not given
 * @param separate whether every endpoint gets a file of its own
 * @param endpoints at least one
 * @param warnings keys that are not known, one line each
 */
record RecordingFileConfig(
    Path output,
    Duration interval,
    OutputFormat format,
    boolean separate,
    List<EndpointSpec> endpoints,
    List<String> warnings) {
  private static final Set<String> TABLES = Set.of("recording", "endpoints");
  private static final Set<String> RECORDING = Set.of("output", "interval", "format", "separate");
  private static final Set<String> ENDPOINT = Set.of("url", "source", "role", "protocol");

  /**
   * @throws CommandException when it cannot be read or is wrong: file, line and key
   */
  static RecordingFileConfig read(Path file) throws CommandException {
    TomlParseResult toml;
    try {
      toml = Toml.parse(file);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILURE, file + ": cannot be read: " + e.getMessage(), e);
    }
    if (toml.hasErrors()) {
      TomlParseError error = toml.errors().get(0);
      throw new CommandException(
          ExitCode.FAILURE, at(file, error.position()) + ": " + error.getMessage());
    }
    return new Reader(file).read(toml);
  }

  private static String at(Path file, TomlPosition position) {
    return position == null ? file.toString() : file + ":" + position.line();
  }

  /** Reads one file, which its messages name. */
  private static final class Reader {
    private final Path file;
    private final List<String> warnings = new ArrayList<>();

    Reader(Path file) {
      this.file = file;
    }

    RecordingFileConfig read(TomlTable toml) throws CommandException {
      unknown(toml, TABLES, "");
      if (!(toml.get("recording") instanceof TomlTable recording)) {
        throw wrong(null, "a table [recording] with the key output is missing");
      }
      unknown(recording, RECORDING, "recording.");
      String output = text(recording, "output", true, Function.identity());
      Duration interval = text(recording, "interval", false, new DurationConverter()::convert);
      OutputFormat format = text(recording, "format", false, OutputFormat::parse);
      Object separate = recording.get("separate");
      if (separate != null && !(separate instanceof Boolean)) {
        throw wrong(recording.inputPositionOf("separate"), "separate: expected true or false");
      }
      List<EndpointSpec> endpoints = new ArrayList<>();
      if (toml.get("endpoints") instanceof TomlArray array && array.size() > 0) {
        for (int i = 0; i < array.size(); i++) {
          endpoints.add(endpoint(array.getTable(i)));
        }
      }
      if (endpoints.isEmpty()) {
        throw wrong(null, "at least one [[endpoints]] with the key url is needed");
      }
      return new RecordingFileConfig(
          Path.of(output), interval, format, Boolean.TRUE.equals(separate), endpoints, warnings);
    }

    private EndpointSpec endpoint(TomlTable table) throws CommandException {
      unknown(table, ENDPOINT, "endpoints.");
      return new EndpointSpec(
          text(table, "url", true, Endpoint::parse),
          text(table, "source", false, Function.identity()),
          text(table, "role", false, Function.identity()),
          text(table, "protocol", false, Protocol::parse));
    }

    private <T> T text(TomlTable table, String key, boolean required, Function<String, T> parser)
        throws CommandException {
      Object value = table.get(key);
      if (value == null && !required) {
        return null;
      }
      TomlPosition position = table.inputPositionOf(key);
      if (!(value instanceof String text) || text.isEmpty()) {
        throw wrong(position, key + ": expected a text" + (value == null ? "; it is missing" : ""));
      }
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException | TypeConversionException e) {
        throw wrong(position, key + ": " + e.getMessage());
      }
    }

    private void unknown(TomlTable table, Set<String> known, String prefix) {
      for (String key : table.keySet()) {
        if (!known.contains(key)) {
          warnings.add(
              at(file, table.inputPositionOf(List.of(key)))
                  + ": "
                  + prefix
                  + key
                  + " is not known and ignored; known are "
                  + String.join(", ", known.stream().sorted().toList()));
        }
      }
    }

    private CommandException wrong(TomlPosition position, String what) {
      return new CommandException(ExitCode.FAILURE, at(file, position) + ": " + what);
    }
  }
}

package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.command.ConfigFile;
import io.rezolus.libs.command.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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

  /**
   * @throws CommandException when it cannot be read or is wrong: file, line and key
   */
  static RecordingFileConfig read(Path path) throws CommandException {
    ConfigFile file = ConfigFile.read(path).knowing("recording", "endpoints");
    ConfigFile.Section recording =
        file.section("recording").knowing("output", "interval", "format", "separate");
    Path output = recording.required("output", Path::of);
    List<EndpointSpec> endpoints = new ArrayList<>();
    for (ConfigFile.Section section : file.sections("endpoints")) {
      section.knowing("url", "source", "role", "protocol");
      endpoints.add(
          new EndpointSpec(
              section.required("url", Endpoint::parse),
              section.text("source", Function.identity()),
              section.text("role", Function.identity()),
              section.text("protocol", Protocol::parse)));
    }
    if (endpoints.isEmpty()) {
      throw file.wrong("at least one [[endpoints]] with the key url is needed");
    }
    return new RecordingFileConfig(
        output,
        recording.text("interval", new DurationConverter()::convert),
        recording.text("format", OutputFormat::parse),
        recording.flag("separate"),
        endpoints,
        file.warnings());
  }
}

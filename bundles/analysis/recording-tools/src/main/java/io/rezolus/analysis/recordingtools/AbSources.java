package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.tar.AbPair;
import io.rezolus.libs.recording.tar.AbTar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Sources of two recordings that are to be compared.
 *
 * @param baseline source of what is compared with
 * @param experiment source of what is compared
 */
record AbSources(String baseline, String experiment) {
  private static final String BASELINE = "baseline=";
  private static final String EXPERIMENT = "experiment=";

  /** Reads the two values of {@code --ab}, in any order. */
  static AbSources parse(List<String> values, CommandLine commandLine) {
    String baseline = null;
    String experiment = null;
    for (String value : values) {
      if (value.startsWith(BASELINE)) {
        baseline = value.substring(BASELINE.length());
      } else if (value.startsWith(EXPERIMENT)) {
        experiment = value.substring(EXPERIMENT.length());
      }
    }
    if (values.size() != 2
        || baseline == null
        || experiment == null
        || baseline.isEmpty()
        || experiment.isEmpty()) {
      throw new ParameterException(
          commandLine,
          "--ab " + String.join(" ", values) + ": expected baseline=SOURCE experiment=SOURCE");
    }
    if (baseline.equals(experiment)) {
      throw new ParameterException(
          commandLine, "--ab: baseline and experiment are both " + baseline);
    }
    return new AbSources(baseline, experiment);
  }

  /** Writes the pair. */
  void write(List<Path> inputs, Path output, String category) throws CommandException, IOException {
    List<List<String>> sources = new ArrayList<>();
    for (Path input : inputs) {
      sources.add(sources(input));
    }
    int base = find(inputs, sources, baseline);
    int other = find(inputs, sources, experiment);
    if (base == other) {
      throw Failure.of(inputs.get(base) + ": has both sources, " + baseline + " and " + experiment);
    }
    AbPair pair =
        new AbPair(
            1,
            new AbPair.Side(baseline, sources.get(base)),
            new AbPair.Side(experiment, sources.get(other)),
            category);
    AbTar.write(output, pair, inputs.get(base), inputs.get(other));
  }

  private static int find(List<Path> inputs, List<List<String>> sources, String source)
      throws CommandException {
    int found = -1;
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).contains(source)) {
        if (found >= 0) {
          throw Failure.of(
              source + ": a source of " + inputs.get(found) + " and of " + inputs.get(i));
        }
        found = i;
      }
    }
    if (found < 0) {
      throw Failure.of(
          source
              + ": not a source of these recordings; "
              + inputs.get(0)
              + " has "
              + String.join(", ", sources.get(0))
              + ", "
              + inputs.get(1)
              + " has "
              + String.join(", ", sources.get(1)));
    }
    return found;
  }

  private static List<String> sources(Path input) throws CommandException {
    String text = RecordingInput.parquet(input).metadata().get("source");
    if (text == null || text.isEmpty()) {
      throw Failure.of(
          input + ": it does not say what was recorded; add it with recording annotate --source");
    }
    try {
      JsonElement parsed = text.startsWith("[") ? JsonParser.parseString(text) : new JsonArray();
      List<String> names = new ArrayList<>();
      parsed.getAsJsonArray().forEach(name -> names.add(name.getAsString()));
      return names.isEmpty() ? List.of(text) : names;
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return List.of(text);
    }
  }
}

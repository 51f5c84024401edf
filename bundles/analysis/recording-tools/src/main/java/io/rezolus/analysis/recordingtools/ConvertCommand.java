package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.recording.raw.ConvertOptions;
import io.rezolus.libs.recording.raw.RawConversion;
import io.rezolus.libs.recording.raw.RawConverter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording convert}: raw snapshots to parquet. */
@Command(
    name = "convert",
    header = "Make a parquet recording of raw snapshots or a spool.",
    description = {
      "Converts raw snapshots, as record -f raw writes them, to a parquet recording. They may be",
      "compressed with zstd. What a recording that was killed has left behind (.spool) is the same:",
      "this is how to save it. Snapshots that break off in the middle are converted up to there.",
      "",
      "Raw snapshots do not say how often they were taken, nor what an agent says of its machine;",
      "the former is judged by their times unless given, the latter can be added. A spool knows both."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording convert run.raw.zst",
      "  rezolus recording convert run.parquet.spool -o run.parquet",
      "  rezolus recording convert run.raw -o run.parquet --interval 100ms -m owner=me",
      "  curl -s localhost:4241/systeminfo | rezolus recording convert run.raw --systeminfo -"
    })
final class ConvertCommand implements Callable<Integer> {
  private static final Pattern SPOOL = Pattern.compile("\\.spool(-\\d+)?$");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The raw recording.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default: FILE without .zst and .raw, and .parquet at its end).")
  private Path output;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Time between snapshots (default: judged by the first of them).")
  private Duration interval;

  @Option(
      names = "--systeminfo",
      paramLabel = "FILE",
      description = "JSON about the machine; - is standard input.")
  private String systemInfo;

  @Option(
      names = "--descriptions",
      paramLabel = "FILE",
      description = "JSON of metric names and help texts; - is standard input.")
  private String descriptions;

  @Option(
      names = {"-m", "--metadata"},
      paramLabel = "KEY=VALUE",
      description = "File-level metadata; may be repeated, the last of a key counts.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(names = "--force", description = "Replace the output if it exists.")
  private boolean force;

  private final InputStream standardInput;
  private PrintWriter messages;

  ConvertCommand() {
    this(System.in);
  }

  ConvertCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() throws CommandException {
    messages = spec.commandLine().getErr();
    if ("-".equals(systemInfo) && "-".equals(descriptions)) {
      throw usage("--systeminfo and --descriptions cannot both be read from standard input");
    }
    if (metadata.containsKey("")) {
      throw usage("-m =" + metadata.get("") + ": a key is missing; expected KEY=VALUE");
    }
    RecordingInput.sniff(input);
    Path target = output == null ? defaultOutput() : output;
    OutputTarget.require(target, List.of(input), force);
    ConvertOptions options =
        new ConvertOptions(
            interval == null ? null : interval.toMillis(),
            metadata,
            json(systemInfo),
            json(descriptions),
            force);
    ProgressLine progress = new ProgressLine(messages, input + ": converted");
    RawConversion conversion;
    try {
      conversion = new RawConverter().convert(input, target, options, progress::done);
    } catch (IOException e) {
      boolean named = String.valueOf(e.getMessage()).startsWith(input + ": ");
      throw Failure.of(named ? input : target, e);
    }
    report(target, conversion);
    return ExitCode.OK;
  }

  /** What an option adds, null where it is not given. */
  private String json(String path) throws CommandException {
    if (path == null) {
      return null;
    }
    TextInput added = TextInput.read(path, standardInput);
    added.json();
    return added.text();
  }

  private void report(Path target, RawConversion conversion) {
    List<String> warnings = conversion.missing(input);
    if (conversion.doubt() != null) {
      warnings.add(conversion.doubt());
    }
    warnings.forEach(warning -> messages.println("warning: " + warning));
    messages.println(
        target
            + ": "
            + conversion.rows()
            + " rows, "
            + conversion.columns()
            + " columns, sampled every "
            + conversion.intervalMillis()
            + " ms");
    List<String> missing = new ArrayList<>();
    for (String key : List.of("systeminfo", "descriptions")) {
      if (!conversion.keyValues().containsKey(key)) {
        missing.add("--" + key);
      }
    }
    if (!missing.isEmpty()) {
      messages.println(
          "note: raw snapshots do not hold what "
              + String.join(" and ", missing)
              + " would add; an agent serves it");
    }
  }

  private Path defaultOutput() {
    // run.parquet.spool and run.parquet.spool-2 are what was to become run.parquet
    Path meant =
        input.resolveSibling(SPOOL.matcher(input.getFileName().toString()).replaceFirst(""));
    return meant.toString().endsWith(".parquet") && !meant.equals(input)
        ? meant
        : RawConverter.output(meant);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

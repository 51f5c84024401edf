package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.combine.Combination;
import io.rezolus.libs.recording.combine.CombineInput;
import io.rezolus.libs.recording.combine.CombineOptions;
import io.rezolus.libs.recording.combine.Join;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording combine}: several recordings as one. */
@Command(
    name = "combine",
    header = "Make one recording of several.",
    description = {
      "Makes one recording of several. Choose one of:",
      "",
      "  parquet files     joined row by row, at the moments they have in common; columns are",
      "                    named after the node, or the service and instance, they are of",
      "  --ab, two files   put into a tar to be compared with each other, as they are",
      "  archives (.rez)   all recordings of all of them in one archive",
      "",
      "Recordings that are joined must say their source and be sampled at one interval and at the",
      "same moments. The joined file may replace one of them; an archive never replaces a file."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording combine web1.parquet web2.parquet -o both.parquet --pinned web1",
      "  rezolus recording combine agent.parquet database.parquet -o run.parquet",
      "  rezolus recording combine old.parquet new.parquet --ab baseline=v1 experiment=v2"
          + " -o v1-v2.parquet.ab.tar",
      "  rezolus recording combine monday.rez tuesday.rez -o week.rez"
    })
final class CombineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Two or more recordings.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to write.")
  private Path output;

  @Option(
      names = "--bypass-time-check",
      description = "Join rows even if they were not sampled at the same moments.")
  private boolean bypassTimeCheck;

  @Option(names = "--pinned", paramLabel = "NODE", description = "Node a viewer opens on.")
  private String pinned;

  @Option(
      names = "--ab",
      arity = "2",
      paramLabel = "baseline=SOURCE experiment=SOURCE",
      hideParamSyntax = true,
      description = "Which of two recordings is which, by source.")
  private List<String> ab;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      description = "With --ab: category of services the comparison is of.")
  private String category;

  private PrintWriter messages;

  @Override
  public Integer call() throws CommandException {
    messages = spec.commandLine().getErr();
    if (inputs.size() < 2) {
      throw usage("expected two or more recordings");
    }
    if (category != null && ab == null) {
      throw usage("--category goes with --ab");
    }
    if (ab != null && (bypassTimeCheck || pinned != null)) {
      throw usage("--ab leaves recordings as they are; --pinned and --bypass-time-check do not");
    }
    AbSources sources = ab == null ? null : AbSources.parse(ab, spec.commandLine());
    if (sources != null && inputs.size() != 2) {
      throw usage("--ab compares two recordings, not " + inputs.size());
    }
    OutputTarget.requireFolder(output);
    boolean archives = archives();
    try {
      if (archives) {
        requireNoParquetOptions();
        archive();
      } else if (sources != null) {
        pair(sources);
      } else {
        join();
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw Failure.of(output, e);
    }
  }

  private void join() throws IOException, CommandException {
    List<CombineInput> recordings = new ArrayList<>();
    for (Path input : inputs) {
      ParquetRecording recording = RecordingInput.parquet(input);
      recordings.add(
          new CombineInput(input.toString(), stem(input), recording.table(), recording.metadata()));
    }
    Combination combination;
    try {
      combination =
          Combination.of(recordings, new CombineOptions(Join.INNER, !bypassTimeCheck, pinned));
    } catch (IOException e) {
      // says which inputs it is about
      throw Failure.of(e.getMessage());
    }
    combination.warnings().forEach(warning -> messages.println("warning: " + warning));
    ProgressLine progress = new ProgressLine(messages, output + ": written");
    combination.write(output, Map.of(), progress::done);
    messages.println(
        output
            + ": "
            + combination.table().rows()
            + " rows, "
            + (combination.table().columns().size() + 1)
            + " columns of "
            + inputs.size()
            + " recordings");
  }

  private void pair(AbSources sources) throws IOException, CommandException {
    for (Path input : inputs) {
      if (OutputTarget.isSame(input, output)) {
        throw Failure.of(output + ": is one of the inputs; choose another output");
      }
    }
    sources.write(inputs, output, category);
    messages.println(output + ": " + inputs.get(0) + " and " + inputs.get(1) + " to be compared");
  }

  private void archive() throws IOException, CommandException {
    long rows = ArchiveJoin.join(inputs, output, messages);
    messages.println(output + ": " + rows + " rows of " + inputs.size() + " archives");
  }

  private boolean archives() throws CommandException {
    List<Path> archives = new ArrayList<>();
    List<Path> others = new ArrayList<>(inputs);
    for (Path input : inputs) {
      if (RecordingInput.format(input) != RecordingFormat.PARQUET) {
        archives.add(input);
      }
    }
    others.removeAll(archives);
    if (!archives.isEmpty() && !others.isEmpty()) {
      throw Failure.of(
          archives.get(0)
              + ": "
              + archives.size()
              + " of "
              + inputs.size()
              + " recordings are archives, and "
              + others.get(0)
              + " is none; parquet files and archives cannot be combined");
    }
    return others.isEmpty();
  }

  private void requireNoParquetOptions() {
    if (ab != null || pinned != null || bypassTimeCheck) {
      throw usage("--ab, --pinned and --bypass-time-check are for parquet files, not for archives");
    }
  }

  private static String stem(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

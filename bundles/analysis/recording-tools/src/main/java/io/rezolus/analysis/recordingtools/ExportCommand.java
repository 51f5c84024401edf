package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.StagedFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording export}: a recording for other programs. */
@Command(
    name = "export",
    header = "Write CSV, JSON, OpenMetrics or Arrow for other programs.",
    description = {
      "Writes a recording for other programs: spreadsheets, scripts, pandas, polars, DuckDB,",
      "Prometheus. The recording itself may be of any format.",
      "",
      "  csv          a row per moment, a column per series; times in nanoseconds",
      "  json         one object: metadata, timestamps, series with their labels and values",
      "  arrow        an Arrow IPC file with typed columns; units and labels in the field metadata",
      "  openmetrics  text for promtool tsdb create-blocks-from openmetrics",
      "",
      "Values are exact: counters are unsigned with 64 bits, as they were read and not as rates. Of",
      "histograms csv and json show the buckets that hold something, by their largest value."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording export run.parquet --to csv -o run.csv",
      "  rezolus recording export run.parquet --to arrow --metric 'cpu_*' -o cpu.arrow",
      "  rezolus recording export run.parquet --to openmetrics --start 2026-01-31T12:00:00Z"
    })
final class ExportCommand implements Callable<Integer> {
  /** What can be written. */
  enum Format {
    csv,
    json,
    arrow,
    openmetrics
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The recording.")
  private Path input;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default: standard output).")
  private Path output;

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  @Option(
      names = "--metric",
      paramLabel = "GLOB",
      arity = "1..*",
      description = "Only metrics of these names; * and ? stand for any characters.")
  private List<String> metrics = List.of();

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "First moment, as 2026-01-31T12:00:00Z or in seconds since 1970.")
  private Long start;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Last moment.")
  private Long end;

  private final OutputStream standardOutput;

  ExportCommand() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  ExportCommand(OutputStream standardOutput) {
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() throws CommandException {
    if (start != null && end != null && start > end) {
      throw new ParameterException(spec.commandLine(), "--start is later than --end");
    }
    if (output == null && format == Format.arrow && System.console() != null) {
      throw new ParameterException(
          spec.commandLine(), "arrow is binary and no good on a terminal; name a file with -o");
    }
    if (output != null) {
      OutputTarget.require(output, List.of(input), force);
    }
    try (RecordingFile file = RecordingInput.open(input, spec.commandLine().getErr())) {
      ExportView view = select(ExportView.of(file));
      requireRows(view);
      write(view);
      return ExitCode.OK;
    } catch (IOException e) {
      throw Failure.of(output == null ? input : output, e);
    }
  }

  private void write(ExportView view) throws IOException {
    Exporter exporter =
        switch (format) {
          case csv -> new CsvExport();
          case json -> new JsonExport();
          case arrow -> new ArrowExport();
          case openmetrics -> new OpenMetricsExport();
        };
    ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), input + ": exported");
    if (output == null) {
      exporter.write(view, standardOutput, progress);
      standardOutput.flush();
      return;
    }
    try (StagedFile staged = new StagedFile(output)) {
      try (OutputStream out = Files.newOutputStream(staged.path())) {
        exporter.write(view, out, progress);
      }
      staged.publish();
    }
  }

  private ExportView select(ExportView all) throws CommandException {
    ExportView view = all;
    if (!metrics.isEmpty()) {
      List<Glob> globs = metrics.stream().map(Glob::of).toList();
      for (Glob glob : globs) {
        if (all.columns().stream().noneMatch(column -> glob.matches(column.metric()))) {
          throw Failure.of(input + ": no metric is named " + glob.text() + some(all));
        }
      }
      view = all.only(column -> globs.stream().anyMatch(glob -> glob.matches(column.metric())));
    }
    return view.between(start == null ? Long.MIN_VALUE : start, end == null ? Long.MAX_VALUE : end);
  }

  private static String some(ExportView view) {
    TreeSet<String> names =
        view.columns().stream()
            .map(RecordedColumn::metric)
            .collect(Collectors.toCollection(TreeSet::new));
    String first = names.stream().limit(5).collect(Collectors.joining(", "));
    return names.isEmpty()
        ? "; it has none"
        : "; it has " + first + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
  }

  private void requireRows(ExportView view) throws CommandException, IOException {
    if (start == null && end == null) {
      return;
    }
    for (int part = 0; part < view.table().parts(); part++) {
      if (!RowBlock.runs(view, part).isEmpty()) {
        return;
      }
    }
    throw Failure.of(input + ": no row lies between --start and --end");
  }
}

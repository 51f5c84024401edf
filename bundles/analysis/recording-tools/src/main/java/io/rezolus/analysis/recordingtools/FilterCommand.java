package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording filter}: drops what nobody looks at. */
@Command(
    name = "filter",
    header = "Drop columns or samplers that nobody looks at.",
    description = {
      "Drops columns that nobody looks at. Of a parquet recording stay the times, all that agents",
      "recorded, and what the indicators (KPIs) of its services read: those of --queries, else those",
      "in the recording, else those of the templates for its sources.",
      "",
      "The file is replaced, unless another output is given, and only when the new one is complete.",
      "A filter that would keep no metric is refused. Of an archive (.rez) the tables of the samplers",
      "named stay, with --samplers; one of an earlier version becomes one of version 3."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording filter run.parquet -o small.parquet",
      "  rezolus recording filter run.parquet --queries kpis.json",
      "  rezolus recording filter run.rez --samplers cpu_usage,scheduler_runqueue -o cpu.rez"
    })
final class FilterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file;

  @Option(names = "--queries", paramLabel = "PATH", description = "Indicators to go by, as JSON.")
  private Path queries;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default: the recording itself).")
  private Path output;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "Folder with templates of services (default: as shipped).")
  private Path templates;

  @Option(
      names = "--samplers",
      paramLabel = "A,B,...",
      split = ",",
      description = "Samplers to keep, of an archive; every one must be in it.")
  private List<String> samplers;

  @Override
  public Integer call() throws CommandException {
    PrintWriter messages = spec.commandLine().getErr();
    RecordingFormat format = RecordingInput.format(file);
    Path target = OutputTarget.orInput(output, file);
    if (format != RecordingFormat.PARQUET) {
      archive(format, target, messages);
      return ExitCode.OK;
    }
    if (samplers != null) {
      throw usage("--samplers is for archives; " + file + " is a parquet recording");
    }
    ParquetAnnotation recording = new ParquetAnnotation(file, messages);
    List<ServiceExtension> services =
        queries != null
            ? List.of(KpiSet.read(queries))
            : KpiSet.ofRecording(file, recording.keys(), TemplateFolder.load(templates, messages));
    recording.filter(services);
    recording.write(target);
    return ExitCode.OK;
  }

  private void archive(RecordingFormat format, Path target, PrintWriter messages)
      throws CommandException {
    if (queries != null || templates != null || samplers == null) {
      throw usage(file + ": an archive, which takes --samplers and neither queries nor templates");
    }
    Set<String> kept = new TreeSet<>();
    samplers.stream().map(String::strip).filter(name -> !name.isEmpty()).forEach(kept::add);
    if (kept.isEmpty()) {
      throw usage("--samplers names none, which would leave nothing");
    }
    try {
      if (format == RecordingFormat.REZ) {
        ArchiveFilter.sqlite(file, target, kept);
      } else {
        ArchiveFilter.tar(file, target, kept, messages);
      }
      messages.println(target + ": the samplers " + String.join(", ", kept) + " are kept");
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

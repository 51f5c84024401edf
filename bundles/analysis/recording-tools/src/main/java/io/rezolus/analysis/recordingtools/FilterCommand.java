package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
    description = {
      "Drops columns that nobody looks at. Of a parquet recording stay the times, all that agents",
      "recorded, and what the indicators (KPIs) of its services read: those of --queries, else those",
      "in the recording, else those of the templates for its sources.",
      "",
      "The file is replaced, unless another output is given, and only when the new one is complete.",
      "A filter that would keep no metric is refused."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording filter run.parquet -o small.parquet",
      "  rezolus recording filter run.parquet --queries kpis.json"
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

  @Override
  public Integer call() throws CommandException {
    PrintWriter messages = spec.commandLine().getErr();
    if (RecordingInput.format(file) != RecordingFormat.PARQUET) {
      throw new ParameterException(
          spec.commandLine(), file + ": an archive; expected a parquet recording");
    }
    ParquetAnnotation recording = new ParquetAnnotation(file, messages);
    List<ServiceExtension> services =
        queries != null
            ? List.of(KpiSet.read(queries))
            : KpiSet.ofRecording(recording.keys(), TemplateFolder.load(templates, messages));
    recording.filter(services);
    try {
      recording.write(output == null ? file.toRealPath() : output);
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
    return ExitCode.OK;
  }
}

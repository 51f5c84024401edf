package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonObject;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.metadata.StrictJson;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.tar.TarRecordings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording metadata}: what a recording says about itself. */
@Command(
    name = "metadata",
    header = "Show what a recording says about itself.",
    description = {
      "Shows what a recording says about itself: its key-values, how many rows it has in which row",
      "groups, and its columns with their labels. Reads no samples, so the size does not matter.",
      "",
      "Choose any of --file, --geometry and --schema; without one of them all are shown. Of an",
      "archive (.rez) its recordings and their tables are shown, whatever is chosen."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording metadata -i run.parquet",
      "  rezolus recording metadata -i run.parquet --field systeminfo",
      "  rezolus recording metadata -i run.parquet --schema --json"
    })
final class MetadataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /**
   * One of both: upstream Rezolus knows only the option, all other tools take the file as it is.
   */
  @ArgGroup(multiplicity = "1")
  private Input given;

  private Path input;

  private static final class Input {
    @Option(
        names = {"-i", "--input"},
        paramLabel = "FILE",
        description = "The recording.")
    private Path option;

    @Parameters(paramLabel = "FILE", description = "The recording.")
    private Path argument;
  }

  @Option(names = "--file", description = "Its key-values.")
  private boolean file;

  @Option(names = "--geometry", description = "Its rows and row groups.")
  private boolean geometry;

  @Option(names = "--schema", description = "Its columns.")
  private boolean schema;

  @Option(
      names = "--field",
      paramLabel = "KEY",
      description = "The value of one key and nothing else; JSON is indented.")
  private String field;

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() throws CommandException {
    input = given.option == null ? given.argument : given.option;
    PrintWriter out = spec.commandLine().getOut();
    RecordingFormat format = RecordingInput.format(input);
    if (format != RecordingFormat.PARQUET) {
      archive(format, out);
      return ExitCode.OK;
    }
    ParquetRecording recording = RecordingInput.parquet(input);
    if (field != null) {
      out.println(field(recording));
    } else if (json) {
      out.println(StrictJson.pretty(asJson(recording)));
    } else {
      ParquetReport report = new ParquetReport(recording, out);
      if (wanted(file)) {
        report.fileMetadata();
      }
      if (wanted(geometry)) {
        report.geometry();
      }
      if (wanted(schema)) {
        report.schema();
      }
    }
    return ExitCode.OK;
  }

  private void archive(RecordingFormat format, PrintWriter out) throws CommandException {
    if (field != null) {
      throw new ParameterException(
          spec.commandLine(), "--field is for parquet recordings; " + input + " is an archive");
    }
    if (file || geometry || schema) {
      spec.commandLine()
          .getErr()
          .println(input + ": an archive; its recordings and tables are all that is shown");
    }
    try {
      if (format == RecordingFormat.REZ) {
        RezCatalog catalog = RezCatalog.read(input);
        if (json) {
          out.println(StrictJson.pretty(ArchiveJson.of(catalog)));
        } else {
          new ArchiveReport(out).print("v3 (sqlite)", catalog);
        }
        return;
      }
      TarRecordings archive = TarRecordings.open(input);
      RecordingInput.warn(archive, spec.commandLine().getErr());
      if (json) {
        out.println(archive.manifest());
      } else {
        new ArchiveReport(out).print("v" + archive.version() + " (tar)", archive.catalog());
      }
    } catch (IOException e) {
      throw Failure.of(input, e);
    }
  }

  private String field(ParquetRecording recording) throws CommandException {
    if (!recording.metadata().containsKey(field)) {
      throw Failure.of(
          input
              + ": no key \""
              + field
              + "\"; it has "
              + String.join(", ", recording.metadata().keySet()));
    }
    String value = recording.metadata().get(field);
    return value == null ? "" : pretty(value);
  }

  private static String pretty(String value) {
    var parsed = ParquetSections.value(value);
    return parsed.isJsonArray() || parsed.isJsonObject() ? StrictJson.pretty(parsed) : value;
  }

  private JsonObject asJson(ParquetRecording recording) {
    JsonObject object = new JsonObject();
    if (wanted(file)) {
      object.add("file_metadata", ParquetSections.fileMetadata(recording));
    }
    if (wanted(geometry)) {
      object.add("geometry", ParquetSections.geometry(recording));
    }
    if (wanted(schema)) {
      object.add("schema", ParquetSections.schema(recording));
    }
    return object;
  }

  private boolean wanted(boolean section) {
    return section || !(file || geometry || schema);
  }
}

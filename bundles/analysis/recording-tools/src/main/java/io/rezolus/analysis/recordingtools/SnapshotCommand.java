package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.rez.DumpResult;
import io.rezolus.libs.recording.rez.RezDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording snapshot}: a copy of an archive that is being written. */
@Command(
    name = "snapshot",
    header = "Copy a .rez, also while it is being written.",
    description = {
      "Copies an archive (.rez) as it is at this moment, also while it is being written; the writer",
      "goes on meanwhile. The copy is compact, complete, and independent of files beside the archive."
    },
    footer = {"", "EXAMPLES", "  rezolus recording snapshot /var/lib/rezolus/run.rez -o now.rez"})
final class SnapshotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "File to write.")
  private Path output;

  @Option(names = "--force", description = "Replace an output that exists.")
  private boolean force;

  @Override
  public Integer call() throws CommandException {
    if (RecordingInput.format(file) != RecordingFormat.REZ) {
      throw Failure.of(file + ": not an archive of version 3; expected a .rez file");
    }
    OutputTarget.require(output, List.of(file), force);
    try {
      DumpResult result = RezDump.everything(file, output);
      if (result.isEmpty()) {
        throw Failure.of(file + ": nothing is recorded in it yet");
      }
      spec.commandLine()
          .getErr()
          .println(
              output
                  + ": "
                  + result.rows()
                  + " rows of "
                  + result.tables()
                  + " tables, "
                  + TimeSpan.text(result.firstTs())
                  + " to "
                  + TimeSpan.text(result.lastTs())
                  + ", "
                  + DisplayText.bytes(result.bytes()));
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
    return ExitCode.OK;
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.tar.TarRecordings;
import io.rezolus.libs.recording.tar.TarUpgrade;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording upgrade}: an archive of an earlier version in the current one. */
@Command(
    name = "upgrade",
    header = "Make a .rez of version 3 out of version 1 or 2.",
    description = {
      "Rewrites an archive (.rez) of version 1 or 2, a tar, as one of version 3. Samples, labels and",
      "metadata stay as they are. The file is replaced, unless another output is given, and only",
      "when the new one is complete."
    },
    footer = {"", "EXAMPLES", "  rezolus recording upgrade old.rez -o new.rez"})
final class UpgradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default: the archive itself).")
  private Path output;

  @Override
  public Integer call() throws CommandException {
    RecordingFormat format = RecordingInput.format(file);
    if (format != RecordingFormat.REZ_TAR) {
      throw Failure.of(
          format == RecordingFormat.REZ
              ? file + ": is of version 3 already"
              : file + ": not an archive of version 1 or 2; nothing to upgrade");
    }
    Path target = OutputTarget.orInput(output, file);
    try {
      PrintWriter messages = spec.commandLine().getErr();
      RecordingInput.warn(TarRecordings.open(file), messages);
      TarUpgrade.upgrade(file, target);
      messages.println(target + ": an archive of version 3");
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
    return ExitCode.OK;
  }
}

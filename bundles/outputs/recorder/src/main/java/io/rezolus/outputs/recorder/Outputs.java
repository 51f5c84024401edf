package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.command.FileTrouble;
import io.rezolus.libs.recording.spool.Spool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens what a plan records to, and refuses early what could not be written in the end. */
final class Outputs {
  private Outputs() {}

  /**
   * Refuses an output that could not be written, before anything else is done for it. Nothing stays
   * behind.
   */
  static void requireWritable(RecordingPlan plan) throws CommandException {
    Path output = plan.output();
    requirePlace(output);
    if (plan.format() == OutputFormat.REZ) {
      if (Files.exists(output)) {
        throw new CommandException(
            ExitCode.FAILURE,
            output
                + ": failed to start the .rez recording: the file exists; remove it or name"
                + " another with --output");
      }
      try {
        Files.delete(Files.createTempFile(output.toAbsolutePath().getParent(), ".rezolus", ""));
      } catch (IOException e) {
        throw unwritable(output, e);
      }
      return;
    }
    requireReplaceable(output);
    try (Spool trial = Spool.create(output.toAbsolutePath())) {
      trial.discard();
    } catch (IOException e) {
      throw unwritable(output, e);
    }
  }

  /**
   * @param feeds the endpoints, of which at least one is there
   */
  static Output open(RecordingPlan plan, List<Feed> feeds, PrintStream messages)
      throws CommandException {
    try {
      if (plan.format() == OutputFormat.REZ) {
        return new RezOutput(plan, feeds.get(0));
      }
      return new SpoolOutput(plan, feeds, messages);
    } catch (IOException e) {
      throw unwritable(plan.output(), e);
    }
  }

  /** Refuses the name of a file that could not appear in the end. */
  static void requireReplaceable(Path output) throws CommandException {
    requirePlace(output);
    if (Files.exists(output) && !Files.isWritable(output)) {
      throw new CommandException(
          ExitCode.FAILURE,
          output + ": exists and is protected against writing; name another with --output");
    }
  }

  private static void requirePlace(Path output) throws CommandException {
    Path absolute = output.toAbsolutePath();
    Path folder = absolute.getParent();
    if (Files.isDirectory(absolute)) {
      throw new CommandException(
          ExitCode.FAILURE, output + ": is a directory; name a file with --output");
    }
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      throw new CommandException(
          ExitCode.FAILURE, output + ": is not a regular file; name one with --output");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.FAILURE,
          output
              + ": its folder "
              + folder
              + (folder != null && Files.exists(folder) ? " is none" : " does not exist")
              + "; name another file with --output");
    }
  }

  private static CommandException unwritable(Path output, IOException e) {
    String reason = FileTrouble.of(e);
    if (e instanceof FileSystemException) {
      reason =
          "no file can be created in "
              + output.toAbsolutePath().getParent()
              + ": "
              + FileTrouble.cause(e)
              + "; name a file elsewhere with --output";
    }
    return new CommandException(ExitCode.FAILURE, output + ": cannot be recorded to: " + reason, e);
  }
}

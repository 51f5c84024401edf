package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a file may be written, found out before any work is done. */
final class OutputTarget {
  private OutputTarget() {}

  /**
   * @param inputs none of them may be the output
   * @param replace whether a file that exists may be replaced
   */
  static void require(Path output, List<Path> inputs, boolean replace) throws CommandException {
    requireFolder(output);
    for (Path input : inputs) {
      if (isSame(input, output)) {
        throw Failure.of(output + ": is the input itself; choose another output");
      }
    }
    if (!replace && Files.exists(output)) {
      throw Failure.of(output + ": exists already; choose another output or add --force");
    }
  }

  /** Fails where a file could not be created there. */
  static void requireFolder(Path output) throws CommandException {
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(output)) {
      throw Failure.of(output + ": a folder; expected the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw Failure.of(folder + ": no such folder");
    }
    if (Files.exists(output) && !Files.isRegularFile(output)) {
      throw Failure.of(output + ": not a regular file; expected the name of one");
    }
    if (!Files.isWritable(folder)) {
      throw Failure.of(
          folder + ": cannot be written to: the file system is read-only, or permission is denied");
    }
  }

  /**
   * The file that a command replaces which has no other output.
   *
   * @param input the recording it reads
   * @param output null for the recording itself
   */
  static Path orInput(Path output, Path input) throws CommandException {
    Path target;
    try {
      target = output == null ? input.toRealPath() : output;
    } catch (IOException e) {
      throw Failure.of(input, e);
    }
    requireFolder(target);
    return target;
  }

  static boolean isSame(Path input, Path output) {
    try {
      return Files.exists(output) && Files.isSameFile(input, output);
    } catch (IOException e) {
      // an input that is not there is reported when it is opened
      return false;
    }
  }
}

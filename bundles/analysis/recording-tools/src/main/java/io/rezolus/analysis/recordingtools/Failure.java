package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What a command that could not do its work says. */
final class Failure {
  private Failure() {}

  static CommandException of(String message) {
    return new CommandException(ExitCode.FAILURE, message);
  }

  /**
   * @param path the file it is about, where the error itself does not name one
   */
  static CommandException of(Path path, IOException error) {
    return new CommandException(ExitCode.FAILURE, describe(path, error), error);
  }

  private static String describe(Path path, IOException error) {
    if (error instanceof FileSystemException system) {
      String file = system.getFile() == null ? path.toString() : system.getFile();
      if (error instanceof NoSuchFileException) {
        return file + ": no such file or folder";
      }
      if (error instanceof AccessDeniedException) {
        return file + ": permission denied";
      }
      if (error instanceof NotDirectoryException) {
        return file + ": not a folder";
      }
      return file + ": " + (system.getReason() == null ? error : system.getReason());
    }
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.contains(path.toString()) ? message : path + ": " + message;
  }
}

package io.rezolus.libs.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Says why a file could not be used, which the message of a file system's exception does not. */
public final class FileTrouble {
  private FileTrouble() {}

  /** One line with the file it is about, where the error names one. */
  public static String of(IOException error) {
    if (error instanceof FileSystemException system && system.getFile() != null) {
      return system.getFile() + ": " + cause(error);
    }
    return cause(error);
  }

  /** One line without the name of the file. */
  public static String cause(IOException error) {
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (error instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (error instanceof FileSystemException system && system.getReason() != null) {
      String reason = system.getReason();
      return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}

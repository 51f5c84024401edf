package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteException;

/** An archive that nobody can go on with, however often it is tried. */
public final class UnfitArchiveException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int PAGE_BYTES = 4096;

  private final boolean empty;

  private UnfitArchiveException(String message, Exception cause, boolean empty) {
    super(message, cause);
    this.empty = empty;
  }

  /** One that was laid out, or begun to be, and has no recording. */
  static UnfitArchiveException empty(Path path) {
    return new UnfitArchiveException(path + ": nothing is recorded in it", null, true);
  }

  /** One that is whole, but not to be changed. */
  static UnfitArchiveException because(Path path, String reason) {
    return new UnfitArchiveException(path + ": " + reason, null, false);
  }

  /**
   * What became of opening an archive: such an exception where the archive is the cause, otherwise
   * {@code e} itself.
   */
  static IOException of(Path path, Exception e) {
    if (e instanceof IOException problem) {
      return lies(problem)
          ? new UnfitArchiveException(problem.getMessage(), problem, hasNothing(path, problem))
          : problem;
    }
    return new UnfitArchiveException(path + ": damaged archive: " + e, e, false);
  }

  /** Whether no row is lost with the archive, since none was stored yet. */
  public boolean isEmpty() {
    return empty;
  }

  /** Whether it lies in what the archive holds; a full disk or a missing permission may pass. */
  private static boolean lies(IOException e) {
    if (e.getCause() instanceof SQLiteException cause) {
      return switch (cause.getResultCode()) {
        case SQLITE_ERROR,
            SQLITE_CORRUPT,
            SQLITE_CORRUPT_INDEX,
            SQLITE_CORRUPT_SEQUENCE,
            SQLITE_CORRUPT_VTAB,
            SQLITE_NOTADB,
            SQLITE_FORMAT,
            SQLITE_SCHEMA,
            SQLITE_MISMATCH,
            SQLITE_IOERR_SHORT_READ ->
            true;
        default -> false;
      };
    }
    return !(e instanceof FileSystemException);
  }

  /**
   * Whether the file has no table, and no log that could have one. A journal beside it does not
   * matter: what it takes back was taken back when the file was opened.
   */
  private static boolean hasNothing(Path path, IOException problem) {
    try {
      long size = Files.size(path);
      boolean read = !(problem.getCause() instanceof SQLiteException);
      return !SideFiles.hasWal(path)
          && (size == 0 || read && size == PAGE_BYTES && SideFiles.isSqlite(path));
    } catch (IOException e) {
      return false;
    }
  }
}

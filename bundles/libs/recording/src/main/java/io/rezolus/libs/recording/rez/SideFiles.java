package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** An archive's file and what SQLite keeps beside it. */
final class SideFiles {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Below this size a write-ahead log holds no page. */
  private static final long WAL_HEADER = 32;

  private SideFiles() {}

  static Path wal(Path path) {
    return path.resolveSibling(path.getFileName() + "-wal");
  }

  static Path shm(Path path) {
    return path.resolveSibling(path.getFileName() + "-shm");
  }

  /** What takes back a change that was not ended, where there is no log. */
  static Path journal(Path path) {
    return path.resolveSibling(path.getFileName() + "-journal");
  }

  /** Whether changes lie beside the file that are not in it yet. */
  static boolean hasWal(Path path) throws IOException {
    return size(wal(path)) > WAL_HEADER;
  }

  /** Bytes of the file and of everything beside it. */
  static long total(Path path) throws IOException {
    return size(path) + size(wal(path)) + size(shm(path)) + size(journal(path));
  }

  static void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(wal(path));
    Files.deleteIfExists(shm(path));
    Files.deleteIfExists(journal(path));
  }

  /** Copies what lies beside a file and belongs to its content. */
  static void copyChanges(Path path, Path copy) throws IOException {
    if (Files.exists(wal(path))) {
      Files.copy(wal(path), wal(copy));
    }
    if (Files.exists(journal(path))) {
      Files.copy(journal(path), journal(copy));
    }
  }

  /**
   * A log would be taken for that of the file that replaces its own.
   *
   * @throws IOException when rows lie beside the file at {@code path}
   */
  static void requireNoWal(Path path) throws IOException {
    if (hasWal(path)) {
      throw new IOException(
          path
              + ": cannot be replaced: it is being written, or was not ended in order and has rows in "
              + wal(path).getFileName());
    }
  }

  static boolean isSqlite(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  static void requireSqlite(Path path) throws IOException {
    boolean sqlite;
    try {
      sqlite = isSqlite(path);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(path.toString(), null, "no such file");
    }
    if (!sqlite) {
      throw new IOException(path + ": not a .rez archive of version 3, which is a SQLite file");
    }
  }

  /** The address of a file for SQLite's driver. */
  static String uri(Path path, String parameters) {
    // in a URI these three would end the path
    String escaped =
        path.toAbsolutePath()
            .toString()
            .replace("%", "%25")
            .replace("?", "%3f")
            .replace("#", "%23");
    return "jdbc:sqlite:file:" + escaped + parameters;
  }

  private static long size(Path path) throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}

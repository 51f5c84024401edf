package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.RemovedAtExit;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Ways to read an archive without changing it or its folder, and from where nothing can change. */
final class ReadOnly {
  private static final int BUSY_MILLIS = 30_000;

  private static final long MEBIBYTE = 1L << 20;

  /** A segment is the longest value there is; it is held here and by SQLite. */
  private static final long VALUE_BYTES_MAX =
      Math.max(32 * MEBIBYTE, Math.min(256 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4));

  private ReadOnly() {}

  static Archive open(Path path) throws IOException {
    // SQLite looks for side files beside the file that a link leads to
    Path real = Files.exists(path) ? path.toRealPath() : path;
    if (!Files.exists(SideFiles.shm(real))) {
      // not where this very process may be writing it: to close any descriptor of a file drops the
      // locks SQLite has on it, and others would take its log for abandoned (POSIX fcntl)
      SideFiles.requireSqlite(path);
    }
    boolean wal = SideFiles.hasWal(real);
    boolean journal = Files.exists(SideFiles.journal(real));
    if (!wal && !journal && !Files.exists(SideFiles.shm(real))) {
      return immutable(path, real);
    }
    if (wal && !Files.exists(SideFiles.shm(real))) {
      return copy(path, real);
    }
    try {
      // someone writes it, or died writing it and left the index of the log
      return connect(path, real, "?mode=ro", true, () -> {});
    } catch (SQLException e) {
      // the folder cannot be written and the index not be used, or someone died changing it and
      // what he left has to be taken back: seen as it lies there
      return wal || journal ? copy(path, real) : immutable(path, real);
    }
  }

  private static Archive immutable(Path path, Path real) throws IOException {
    try {
      return connect(path, real, "?mode=ro&immutable=1", false, () -> {});
    } catch (SQLException e) {
      throw Archive.failure(path, e);
    }
  }

  /**
   * With a log but no index nobody is writing, and to read it SQLite would create an index; a
   * journal is what it would change the file with.
   */
  private static Archive copy(Path path, Path real) throws IOException {
    Path folder = Files.createTempDirectory("rezolus-");
    Path copy = folder.resolve("archive.rez");
    Closeable remove = new RemovedAtExit(folder);
    try {
      long size = SideFiles.total(real);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (size > free) {
        throw new IOException(
            path
                + ": was not ended in order, and a copy to read it from needs "
                + size
                + " bytes in "
                + folder.getParent()
                + ", where "
                + free
                + " are free");
      }
      Files.copy(real, copy);
      SideFiles.copyChanges(real, copy);
      return connect(path, copy, "", false, remove);
    } catch (IOException | SQLException e) {
      remove.close();
      throw e instanceof SQLException ? Archive.failure(path, (SQLException) e) : (IOException) e;
    }
  }

  private static Archive connect(
      Path path, Path file, String parameters, boolean shared, Closeable afterwards)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(!parameters.isEmpty());
    config.setBusyTimeout(BUSY_MILLIS);
    // columns may be computed
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Long.toString(VALUE_BYTES_MAX));
    Connection connection = config.createConnection(SideFiles.uri(file, parameters));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema=OFF");
      statement.execute("PRAGMA cell_size_check=ON");
      statement.execute("SELECT COUNT(*) FROM sqlite_schema");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new Archive(path, connection, shared, afterwards);
  }
}

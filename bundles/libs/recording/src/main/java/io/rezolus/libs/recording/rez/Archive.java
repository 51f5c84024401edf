package io.rezolus.libs.recording.rez;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/** A connection to an archive. Not thread safe. */
final class Archive implements Closeable {
  private static final int BUSY_MILLIS = 30_000;
  private static final int CACHE_KIB = 4096;

  private final Path path;
  private final Connection connection;
  private final Closeable afterwards;
  private final boolean shared;

  /**
   * @param shared whether commits of others are seen through the connection
   * @param afterwards what is to be done once it is closed
   */
  Archive(Path path, Connection connection, boolean shared, Closeable afterwards) {
    this.path = path;
    this.connection = connection;
    this.shared = shared;
    this.afterwards = afterwards;
  }

  /**
   * Claims {@code path} and lays out an empty archive there.
   *
   * @throws FileAlreadyExistsException when there is a file
   */
  static Archive create(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "already exists; an archive is never written over another file");
    }
    return layOut(path);
  }

  /** Lays out an empty archive in an empty file. */
  static Archive layOut(Path path) throws IOException {
    Archive archive = connect(path);
    try {
      archive.execute(ArchiveLayout.CREATION);
      archive.execute(ArchiveLayout.WRITER);
      archive.transaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              for (String table : ArchiveLayout.TABLES) {
                statement.executeUpdate(table);
              }
            }
            return null;
          });
      return archive;
    } catch (IOException e) {
      archive.close();
      SideFiles.delete(path);
      throw e;
    }
  }

  /** Opens an archive to change it. */
  static Archive write(Path path) throws IOException {
    SideFiles.requireSqlite(path);
    Archive archive = connect(path);
    try {
      archive.call(
          connection -> {
            ArchiveLayout.verify(path, connection);
            return null;
          });
      archive.execute(ArchiveLayout.WRITER);
      return archive;
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  /** Opens an archive so that neither it nor its folder changes. */
  static Archive read(Path path) throws IOException {
    Archive archive = ReadOnly.open(path);
    try {
      archive.call(
          connection -> {
            ArchiveLayout.verify(path, connection);
            return null;
          });
      return archive;
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  private static Archive connect(Path path) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-CACHE_KIB);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    try {
      return new Archive(path, config.createConnection(SideFiles.uri(path, "")), true, () -> {});
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }

  Path path() {
    return path;
  }

  boolean shared() {
    return shared;
  }

  /** Runs statements that are each committed by themselves. */
  <T> T call(SqlCall<T> call) throws IOException {
    try {
      return call.on(connection);
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }

  /** Runs statements that take effect together, or see one state of the archive. */
  <T> T transaction(SqlCall<T> call) throws IOException {
    try {
      connection.setAutoCommit(false);
      T result;
      try {
        result = call.on(connection);
        connection.commit();
      } catch (SQLException | IOException | RuntimeException e) {
        rollback(e);
        throw e;
      }
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }

  private void rollback(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite has taken it back already, as it does where the disk is full
      cause.addSuppressed(e);
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Runs statements without results, each to its end. */
  void execute(Iterable<String> statements) throws IOException {
    call(
        c -> {
          try (Statement statement = c.createStatement()) {
            for (String sql : statements) {
              statement.executeUpdate(sql);
            }
          }
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    try (Closeable last = afterwards) {
      connection.close();
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }

  /** Whether there was no room for what was to be written. */
  static boolean isFull(SQLException e) {
    return e instanceof SQLiteException
        && switch (((SQLiteException) e).getResultCode()) {
          case SQLITE_FULL, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE -> true;
          default -> false;
        };
  }

  static IOException failure(Path path, SQLException e) {
    String problem = e.getMessage();
    if (e instanceof SQLiteException) {
      switch (((SQLiteException) e).getResultCode()) {
        case SQLITE_CORRUPT:
        case SQLITE_CORRUPT_INDEX:
        case SQLITE_CORRUPT_SEQUENCE:
        case SQLITE_CORRUPT_VTAB:
        case SQLITE_NOTADB:
        case SQLITE_IOERR_SHORT_READ:
          problem = "damaged archive: the SQLite file is malformed or cut off";
          break;
        case SQLITE_FULL:
        case SQLITE_IOERR_SHMSIZE: // for the index of its log
          problem = "no space left on the device";
          break;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
          problem = "in use by another process";
          break;
        default:
      }
    }
    return new IOException(path + ": " + problem, e);
  }

  /** Statements on a connection. */
  interface SqlCall<T> {
    T on(Connection connection) throws SQLException, IOException;
  }
}

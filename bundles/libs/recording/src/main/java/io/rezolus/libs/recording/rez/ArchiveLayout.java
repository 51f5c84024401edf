package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of an archive and how SQLite is to keep them. */
final class ArchiveLayout {
  static final int VERSION = 3;

  /** The first two can only be chosen while the file is empty. */
  static final List<String> CREATION =
      List.of("PRAGMA page_size=4096", "PRAGMA auto_vacuum=INCREMENTAL", "PRAGMA journal_mode=WAL");

  /** For each connection that writes: a tick that is committed survives a power loss. */
  static final List<String> WRITER =
      List.of("PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=1024");

  static final List<String> TABLES =
      List.of(
          "CREATE TABLE recordings(id INTEGER PRIMARY KEY, labels TEXT NOT NULL,"
              + " metadata TEXT NOT NULL, complete INTEGER NOT NULL DEFAULT 0,"
              + " clock_anchor_wall_ns INTEGER NOT NULL)",
          "CREATE TABLE segments(recording_id INTEGER NOT NULL REFERENCES recordings(id),"
              + " sampler TEXT NOT NULL, seq INTEGER NOT NULL, rows INTEGER NOT NULL,"
              + " first_ts INTEGER NOT NULL, last_ts INTEGER NOT NULL, bytes BLOB NOT NULL,"
              + " PRIMARY KEY (recording_id, sampler, seq))",
          "CREATE INDEX segments_by_time ON segments(recording_id, sampler, last_ts)",
          "CREATE TABLE wal(recording_id INTEGER NOT NULL, sampler TEXT NOT NULL,"
              + " ts INTEGER NOT NULL, wall_offset INTEGER NOT NULL, row BLOB NOT NULL,"
              + " PRIMARY KEY (recording_id, sampler, ts))",
          "CREATE TABLE clock_offsets(recording_id INTEGER NOT NULL, ts INTEGER NOT NULL,"
              + " offset_ns INTEGER NOT NULL)",
          "CREATE TABLE schema_version(version INTEGER NOT NULL)",
          "INSERT INTO schema_version VALUES (" + VERSION + ")");

  private static final List<String> NAMES =
      List.of("recordings", "segments", "wal", "clock_offsets", "schema_version");

  private ArchiveLayout() {}

  /**
   * @throws IOException when the file holds anything else than an archive of this version
   */
  static void verify(Path path, Connection connection) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      Map<String, String> types = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT name, type FROM sqlite_schema LIMIT 1000")) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getString(2));
        }
      }
      if (types.isEmpty()) {
        throw new IOException(
            path
                + ": the archive has no table: the rows of an archive that was not ended in order"
                + " lie beside it in "
                + path.getFileName()
                + "-wal, which is missing or damaged");
      }
      // what is read and written is tables: these could compute forever, or change what is not
      // meant
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT type FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1")) {
        if (rows.next()) {
          throw new IOException(
              path + ": a SQLite file, but no .rez archive: it has a " + rows.getString(1));
        }
      }
      for (String name : NAMES) {
        if (!"table".equals(types.get(name))) {
          throw new IOException(
              path + ": a SQLite file, but no .rez archive: it has no table \"" + name + "\"");
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT version FROM schema_version LIMIT 2")) {
        if (!rows.next() || rows.getLong(1) != VERSION || rows.next()) {
          throw new IOException(
              path + ": a .rez archive of another version, expected version " + VERSION);
        }
      }
    }
  }
}

package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a table's log that no segment holds yet. */
final class LiveRows {
  private LiveRows() {}

  /** Time up to which rows of the log are in segments already and only wait for being deleted. */
  static long sealedUpTo(Connection connection, long recording, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT COALESCE(MAX(last_ts), 0) FROM segments"
                + " WHERE recording_id = ? AND sampler = ?")) {
      query.setLong(1, recording);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Decodes live rows.
   *
   * @param from earliest time that is wanted
   * @param to latest time that is wanted
   */
  static SegmentBuilder read(
      Path path, Connection connection, long recording, String table, long from, long to)
      throws SQLException, IOException {
    SegmentBuilder segment = new SegmentBuilder();
    RowDecoder decoder = new RowDecoder(segment, from);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT ts, wall_offset, row FROM wal"
                + " WHERE recording_id = ? AND sampler = ? AND ts > ? AND ts <= ? ORDER BY ts")) {
      query.setLong(1, recording);
      query.setString(2, table);
      query.setLong(3, sealedUpTo(connection, recording, table));
      query.setLong(4, to);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          try {
            decoder.row(rows.getLong(1), rows.getLong(2), rows.getBytes(3));
          } catch (IOException | RuntimeException e) {
            throw new IOException(
                path
                    + ": table "
                    + table
                    + ": damaged row at "
                    + rows.getLong(1)
                    + ": "
                    + e.getMessage(),
                e);
          }
        }
      }
    }
    return segment;
  }
}

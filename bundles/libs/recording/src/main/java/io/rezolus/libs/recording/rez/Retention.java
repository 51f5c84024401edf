package io.rezolus.libs.recording.rez;

import io.rezolus.libs.wire.MsgpackBuffer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drops what is older than the time a buffer keeps. Rows that go may be those that told names and
 * labels of later ones; the oldest rows that stay are made to tell them.
 */
final class Retention {
  private static final String ROWS =
      "SELECT ts, row FROM wal WHERE recording_id = ? AND sampler = ? AND ts >= ?";

  private final Archive archive;
  private final long recording;

  Retention(Archive archive, long recording) {
    this.archive = archive;
    this.recording = recording;
  }

  void evict(long cutoff, Collection<OpenSegment> segments) throws IOException {
    List<OpenSegment> open = new ArrayList<>();
    for (OpenSegment segment : segments) {
      if (!segment.isEmpty() && segment.oldestTs() < cutoff) {
        open.add(segment);
      }
    }
    List<Runnable> afterwards = new ArrayList<>();
    archive.transaction(
        connection -> {
          boolean evicted = evictSegments(connection, cutoff);
          for (OpenSegment segment : open) {
            afterwards.add(evict(connection, segment, cutoff));
          }
          if (evicted) {
            // rows that only such a segment hid
            try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM wal WHERE recording_id = ? AND ts < ?")) {
              delete(delete, recording, cutoff);
            }
            forgetClock(connection, cutoff);
            forgetRecordings(connection);
          }
          return null;
        });
    afterwards.forEach(Runnable::run);
  }

  /** Of this recording and of those that were ended before it. */
  private static boolean evictSegments(Connection connection, long cutoff) throws SQLException {
    List<Long> recordings = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement("SELECT id FROM recordings");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        recordings.add(rows.getLong(1));
      }
    }
    boolean evicted = false;
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM segments WHERE recording_id = ? AND last_ts < ?")) {
      for (long each : recordings) {
        evicted |= delete(delete, each, cutoff) > 0;
      }
    }
    return evicted;
  }

  /** Keeps the observation that is the last before the oldest rows. */
  private void forgetClock(Connection connection, long cutoff) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM clock_offsets WHERE recording_id = ?1 AND ts <"
                + " (SELECT MAX(ts) FROM clock_offsets WHERE recording_id = ?1 AND ts <= ?2)")) {
      delete(delete, recording, cutoff);
    }
  }

  /** Those that were ended and of which nothing is left. */
  private void forgetRecordings(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM recordings WHERE id < ?"
                + " AND NOT EXISTS (SELECT 1 FROM segments WHERE recording_id = recordings.id)"
                + " AND NOT EXISTS (SELECT 1 FROM wal WHERE recording_id = recordings.id)")) {
      delete.setLong(1, recording);
      if (delete.executeUpdate() > 0) {
        try (Statement clocks = connection.createStatement()) {
          clocks.executeUpdate(
              "DELETE FROM clock_offsets WHERE recording_id NOT IN (SELECT id FROM recordings)");
        }
      }
    }
  }

  private static int delete(PreparedStatement delete, long recording, long cutoff)
      throws SQLException {
    delete.setLong(1, recording);
    delete.setLong(2, cutoff);
    return delete.executeUpdate();
  }

  /** Reads the rows that go, and of those that stay the ones that have to tell what these told. */
  private Runnable evict(Connection connection, OpenSegment segment, long cutoff)
      throws SQLException, IOException {
    RowAnchors anchors = new RowAnchors();
    int evicted = 0;
    try (PreparedStatement query = connection.prepareStatement(ROWS + " AND ts < ? ORDER BY ts")) {
      bind(query, segment, segment.oldestTs()).setLong(4, cutoff);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          anchors.evicted(rows.getBytes(2));
          evicted++;
        }
      }
    }
    long oldest = handOn(connection, segment, anchors, cutoff);
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM wal WHERE recording_id = ? AND sampler = ? AND ts < ?")) {
      bind(delete, segment, cutoff).executeUpdate();
    }
    int gone = evicted;
    return () -> {
      segment.shrink(gone, oldest);
      // what no row that stays says has to be said again when it is next needed
      segment.known().removeAll(anchors.pendingNames());
    };
  }

  /**
   * Makes rows that stay tell what those that go have told.
   *
   * @return time of the oldest row that stays; 0 where there is none
   */
  private long handOn(Connection connection, OpenSegment segment, RowAnchors anchors, long cutoff)
      throws SQLException, IOException {
    long oldest = 0;
    Map<Long, byte[]> rewritten = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(ROWS + " ORDER BY ts")) {
      bind(query, segment, cutoff);
      try (ResultSet rows = query.executeQuery()) {
        while ((oldest == 0 || anchors.isPending()) && rows.next()) {
          oldest = oldest == 0 ? rows.getLong(1) : oldest;
          MsgpackBuffer row = anchors.isPending() ? anchors.kept(rows.getBytes(2)) : null;
          if (row != null) {
            rewritten.put(rows.getLong(1), row.toByteArray());
          }
        }
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE wal SET row = ?4 WHERE recording_id = ?1 AND sampler = ?2 AND ts = ?3")) {
      for (Map.Entry<Long, byte[]> row : rewritten.entrySet()) {
        bind(update, segment, row.getKey()).setBytes(4, row.getValue());
        update.executeUpdate();
      }
    }
    return oldest;
  }

  private PreparedStatement bind(PreparedStatement statement, OpenSegment segment, long ts)
      throws SQLException {
    statement.setLong(1, recording);
    statement.setString(2, segment.table());
    statement.setLong(3, ts);
    return statement;
  }
}

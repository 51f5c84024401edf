package io.rezolus.libs.recording.rez;

import io.rezolus.libs.wire.MsgpackBuffer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Drops what is older than the time a buffer keeps. Rows that go may be those that told names and
 * labels of later ones; the oldest rows that stay are made to tell them.
 */
final class Retention {
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
          boolean evicted;
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM segments WHERE recording_id = ? AND last_ts < ?")) {
            evicted = delete(delete, cutoff) > 0;
          }
          for (OpenSegment segment : open) {
            afterwards.add(evict(connection, segment, cutoff));
          }
          if (evicted) {
            // rows that only such a segment hid
            try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM wal WHERE recording_id = ? AND ts < ?")) {
              delete(delete, cutoff);
            }
          }
          return null;
        });
    afterwards.forEach(Runnable::run);
  }

  private int delete(PreparedStatement delete, long cutoff) throws SQLException {
    delete.setLong(1, recording);
    delete.setLong(2, cutoff);
    return delete.executeUpdate();
  }

  private Runnable evict(Connection connection, OpenSegment segment, long cutoff)
      throws SQLException, IOException {
    RowAnchors anchors = new RowAnchors();
    int kept = 0;
    long oldest = 0;
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT ts, row FROM wal WHERE recording_id = ? AND sampler = ? AND ts >= ?"
                    + " ORDER BY ts");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE wal SET row = ? WHERE recording_id = ? AND sampler = ? AND ts = ?")) {
      query.setLong(1, recording);
      query.setString(2, segment.table());
      query.setLong(3, segment.oldestTs());
      List<Long> changed = new ArrayList<>();
      List<byte[]> rewritten = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          long ts = rows.getLong(1);
          if (ts < cutoff) {
            anchors.evicted(rows.getBytes(2));
          } else {
            oldest = kept == 0 ? ts : oldest;
            kept++;
            if (anchors.isPending()) {
              MsgpackBuffer row = anchors.kept(rows.getBytes(2));
              if (row != null) {
                changed.add(ts);
                rewritten.add(row.toByteArray());
              }
            }
          }
        }
      }
      for (int i = 0; i < changed.size(); i++) {
        update.setBytes(1, rewritten.get(i));
        update.setLong(2, recording);
        update.setString(3, segment.table());
        update.setLong(4, changed.get(i));
        update.executeUpdate();
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM wal WHERE recording_id = ? AND sampler = ? AND ts < ?")) {
      delete.setLong(1, recording);
      delete.setString(2, segment.table());
      delete.setLong(3, cutoff);
      delete.executeUpdate();
    }
    int remaining = kept;
    long first = oldest;
    return () -> {
      segment.shrink(remaining, first);
      // what no row that stays says has to be said again when it is next needed
      segment.known().removeAll(anchors.pendingNames());
    };
  }
}

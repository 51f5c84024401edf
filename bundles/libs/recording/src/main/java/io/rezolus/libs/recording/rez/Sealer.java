package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the rows that an archive's writer keeps in the log into segments. */
final class Sealer {
  private final Archive archive;
  private final long recording;
  private final PreparedStatement insertSegment;
  private long clockTs = Long.MIN_VALUE;

  Sealer(Archive archive, long recording) throws IOException {
    this.archive = archive;
    this.recording = recording;
    insertSegment =
        archive.call(
            connection ->
                connection.prepareStatement(
                    "INSERT INTO segments(recording_id, sampler, seq, rows, first_ts, last_ts,"
                        + " bytes) VALUES (?,?,?,?,?,?,?)"));
  }

  /** Says that the archive has an observation of the wall clock at that time. */
  void clockObserved(long ts) {
    clockTs = Math.max(clockTs, ts);
  }

  /**
   * Turns the rows of tables into segments.
   *
   * @param clock the newest observation of the wall clock
   * @param with what else is to take effect in the same moment
   */
  void seal(List<OpenSegment> due, ClockOffset clock, Archive.SqlCall<?> with) throws IOException {
    Map<OpenSegment, Sealed> encoded = new LinkedHashMap<>();
    for (OpenSegment segment : due) {
      Sealed sealed = encode(segment);
      if (sealed != null) {
        encoded.put(segment, sealed);
      }
    }
    archive.transaction(
        connection -> {
          for (Map.Entry<OpenSegment, Sealed> entry : encoded.entrySet()) {
            OpenSegment segment = entry.getKey();
            RezBuilder.insert(
                insertSegment, recording, segment.table(), segment.seq(), entry.getValue());
          }
          observe(connection, clock);
          return with.on(connection);
        });
    clockObserved(clock.ts());
    Map<String, Long> hidden = new LinkedHashMap<>();
    due.forEach(segment -> hidden.put(segment.table(), segment.newestTs()));
    due.forEach(OpenSegment::sealed);
    prune(hidden);
  }

  /** Says that the recording has ended in order. */
  Void end(Connection connection) throws SQLException {
    try (Statement end = connection.createStatement()) {
      end.executeUpdate("UPDATE recordings SET complete = 1 WHERE id = " + recording);
    }
    return null;
  }

  /** The open rows of a table as a segment; null where there are none. */
  Sealed encode(OpenSegment segment) throws IOException {
    SegmentBuilder open =
        archive.call(
            connection ->
                LiveRows.read(
                    archive.path(),
                    connection,
                    recording,
                    segment.table(),
                    Long.MIN_VALUE,
                    Long.MAX_VALUE));
    return open.rows() > 0 ? Sealed.of(open) : null;
  }

  /** Deletes rows of the log up to a time, by table. */
  void prune(Map<String, Long> sealed) throws IOException {
    // a segment hides its rows in the log, so that dying before these are gone does no harm
    archive.transaction(
        connection -> {
          try (PreparedStatement prune =
              connection.prepareStatement(
                  "DELETE FROM wal WHERE recording_id = ? AND sampler = ? AND ts <= ?")) {
            for (Map.Entry<String, Long> table : sealed.entrySet()) {
              prune.setLong(1, recording);
              prune.setString(2, table.getKey());
              prune.setLong(3, table.getValue());
              prune.executeUpdate();
            }
          }
          return null;
        });
  }

  private void observe(Connection connection, ClockOffset clock) throws SQLException {
    if (clock.ts() > Math.max(0, clockTs)) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO clock_offsets(recording_id, ts, offset_ns) VALUES (?,?,?)")) {
        insert.setLong(1, recording);
        insert.setLong(2, clock.ts());
        insert.setLong(3, clock.offsetNanos());
        insert.executeUpdate();
      }
    }
  }
}

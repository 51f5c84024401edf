package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
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

  /** Ends the segment of a table and adds its rows, which nothing but this reads. */
  void cut(OpenSegment segment, Sealing sealing) throws IOException {
    OpenSegment.Cut cut = segment.cut();
    SegmentBuilder rows =
        archive.call(
            connection ->
                LiveRows.read(
                    archive.path(),
                    connection,
                    recording,
                    cut.table(),
                    Long.MIN_VALUE,
                    cut.newestTs()));
    sealing.add(cut, rows);
  }

  /**
   * Stores what has been encoded, and removes the rows it was made of.
   *
   * @param with what else is to take effect in the same moment
   */
  void seal(Sealing sealing, Archive.SqlCall<?> with) throws IOException {
    archive.transaction(
        connection -> {
          for (Sealing.Part part : sealing.parts()) {
            if (part.sealed() != null) {
              OpenSegment.Cut cut = part.cut();
              RezBuilder.insert(insertSegment, recording, cut.table(), cut.seq(), part.sealed());
            }
          }
          observe(connection, sealing.clock());
          return with.on(connection);
        });
    clockObserved(sealing.clock().ts());
    Map<String, Long> hidden = new LinkedHashMap<>();
    sealing.parts().forEach(part -> hidden.put(part.cut().table(), part.cut().newestTs()));
    prune(hidden);
  }

  /** Says that the recording has ended in order. */
  Void end(Connection connection) throws SQLException {
    try (Statement end = connection.createStatement()) {
      end.executeUpdate("UPDATE recordings SET complete = 1 WHERE id = " + recording);
    }
    return null;
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

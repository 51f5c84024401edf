package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;

/**
 * Copies recordings of one archive into another: whole segments as they are, and what was not
 * sealed yet as one segment more.
 *
 * @param tables which tables are wanted, by name
 * @param from earliest time that is wanted; a segment is copied whole if any of its rows is
 * @param to latest time that is wanted
 * @param complete whether every copy is to count as ended in order
 */
record ArchiveCopy(Predicate<String> tables, long from, long to, boolean complete) {
  static final ArchiveCopy WHOLE =
      new ArchiveCopy(table -> true, Long.MIN_VALUE, Long.MAX_VALUE, false);

  /** Copies one state of {@code source}, even while it is being written. */
  DumpResult copy(Archive source, RezBuilder target) throws IOException {
    return source.transaction(
        connection -> {
          DumpResult result = DumpResult.NOTHING;
          for (RecordingCatalog recording :
              CatalogReader.read(source.path(), connection).recordings()) {
            if (misses(recording)) {
              continue;
            }
            long id =
                target.addRecording(
                    recording.labels(),
                    recording.metadata(),
                    complete || recording.complete(),
                    recording.clockAnchorNanos(),
                    recording.clockOffsets());
            for (TableCatalog table : recording.tables()) {
              if (tables.test(table.name())) {
                DumpResult copied = segments(connection, recording.id(), table, target, id);
                copied = copied.and(tail(source, connection, recording.id(), table, target, id));
                result = result.and(copied.asOneTable());
              }
            }
          }
          return result;
        });
  }

  /** Whether a part of the time is wanted in which the recording has nothing. */
  private boolean misses(RecordingCatalog recording) {
    return (from != Long.MIN_VALUE || to != Long.MAX_VALUE)
        && recording.tables().stream()
            .noneMatch(table -> table.lastTs() >= from && table.firstTs() <= to);
  }

  private DumpResult segments(
      Connection source, long recording, TableCatalog table, RezBuilder target, long id)
      throws SQLException, IOException {
    DumpResult result = DumpResult.NOTHING;
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT bytes, rows, first_ts, last_ts FROM segments WHERE recording_id = ?"
                + " AND sampler = ? AND last_ts >= ? AND first_ts <= ? ORDER BY seq")) {
      query.setLong(1, recording);
      query.setString(2, table.name());
      query.setLong(3, from);
      query.setLong(4, to);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Sealed sealed =
              new Sealed(rows.getBytes(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
          result = result.and(add(target, id, table.name(), sealed));
        }
      }
    }
    return result;
  }

  private DumpResult tail(
      Archive source,
      Connection connection,
      long recording,
      TableCatalog table,
      RezBuilder target,
      long id)
      throws SQLException, IOException {
    if (table.liveRows() == 0) {
      return DumpResult.NOTHING;
    }
    SegmentBuilder rows =
        LiveRows.read(source.path(), connection, recording, table.name(), from, to);
    return rows.rows() == 0 ? DumpResult.NOTHING : add(target, id, table.name(), Sealed.of(rows));
  }

  private static DumpResult add(RezBuilder target, long id, String table, Sealed sealed)
      throws IOException {
    target.addSegment(id, table, sealed.bytes(), sealed.rows(), sealed.firstTs(), sealed.lastTs());
    return new DumpResult(sealed.rows(), 1, 0, sealed.firstTs(), sealed.lastTs());
  }
}

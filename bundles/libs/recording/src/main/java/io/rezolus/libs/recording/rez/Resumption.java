package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds out how far an earlier writer came with an archive. */
final class Resumption {
  private Resumption() {}

  /**
   * The writer of an archive's last recording.
   *
   * @throws UnfitArchiveException when it cannot go on
   */
  static RezWriter of(Archive archive, RezWriterOptions options) throws IOException {
    Path path = archive.path();
    requireWhole(archive);
    RezCatalog catalog = archive.call(connection -> CatalogReader.read(path, connection));
    if (catalog.recordings().isEmpty()) {
      throw UnfitArchiveException.empty(path);
    }
    RecordingCatalog last = catalog.recordings().get(catalog.recordings().size() - 1);
    if (last.complete()) {
      throw UnfitArchiveException.because(
          path, "not a recording that could go on: it was ended in order");
    }
    return RezWriter.resume(archive, catalog, last, options);
  }

  /** What is damaged would otherwise only be noticed where it is read to be sealed or dropped. */
  private static void requireWhole(Archive archive) throws IOException {
    String found =
        archive.call(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
                return row.next() ? row.getString(1) : "ok";
              }
            });
    if (!found.equals("ok")) {
      throw UnfitArchiveException.because(
          archive.path(), "damaged archive: the SQLite file is malformed or cut off");
    }
  }

  /** How far the wall clock was ahead of the newest row that is not sealed; 0 without one. */
  static long newestOffset(Archive archive, long recording) throws IOException {
    return archive.call(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT wall_offset FROM wal WHERE recording_id = ? ORDER BY ts DESC LIMIT 1")) {
            query.setLong(1, recording);
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? row.getLong(1) : 0L;
            }
          }
        });
  }

  /** The open segments by table, of which {@code sealer} removes rows that are sealed already. */
  static Map<String, OpenSegment> segments(
      Archive archive, RecordingCatalog recording, Sealer sealer, long nowNanos)
      throws IOException {
    Map<String, OpenSegment> segments = new LinkedHashMap<>();
    Map<String, Long> sealed =
        archive.call(
            connection -> {
              Map<String, Long> marks = new LinkedHashMap<>();
              for (TableCatalog table : recording.tables()) {
                marks.put(
                    table.name(), LiveRows.sealedUpTo(connection, recording.id(), table.name()));
              }
              return marks;
            });
    // left where the writer died between a segment and this
    sealer.prune(sealed);
    for (TableCatalog table : recording.tables()) {
      archive.call(
          connection -> {
            // a row that cannot be read would end every later writer when it is sealed
            LiveRows.read(
                archive.path(),
                connection,
                recording.id(),
                table.name(),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
            try (PreparedStatement query =
                connection.prepareStatement(
                    "SELECT (SELECT COALESCE(MAX(seq) + 1, 0) FROM segments WHERE recording_id = ?1"
                        + " AND sampler = ?2), COALESCE(SUM(LENGTH(row)), 0), MIN(ts) FROM wal"
                        + " WHERE recording_id = ?1 AND sampler = ?2")) {
              query.setLong(1, recording.id());
              query.setString(2, table.name());
              try (ResultSet row = query.executeQuery()) {
                row.next();
                OpenSegment segment = new OpenSegment(table.name(), row.getLong(1));
                segment.resume(
                    (int) table.liveRows(),
                    row.getLong(2),
                    row.getLong(3),
                    table.lastTs(),
                    nowNanos);
                segments.put(table.name(), segment);
              }
            }
            return null;
          });
    }
    return segments;
  }
}

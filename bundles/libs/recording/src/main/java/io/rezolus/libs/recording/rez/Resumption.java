package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds out how far an earlier writer came with the tables of a recording. */
final class Resumption {
  private Resumption() {}

  /** The open segments by table, of which {@code sealer} removes rows that are sealed already. */
  static Map<String, OpenSegment> of(
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

package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.util.List;

/** Rows of a recording that are in no segment yet. */
final class RowLog {
  private final Archive archive;
  private final long recording;
  private final PreparedStatement insert;

  RowLog(Archive archive, long recording) throws IOException {
    this.archive = archive;
    this.recording = recording;
    insert =
        archive.call(
            connection ->
                connection.prepareStatement(
                    "INSERT INTO wal(recording_id, sampler, ts, wall_offset, row)"
                        + " VALUES (?,?,?,?,?)"));
  }

  /** Stores the rows of one moment, all or none of them; they are on the disk afterwards. */
  void insert(List<PendingRow> rows, long ts, long wallOffset) throws IOException {
    archive.transaction(
        connection -> {
          for (PendingRow row : rows) {
            insert.setLong(1, recording);
            insert.setString(2, row.segment().table());
            insert.setLong(3, ts);
            insert.setLong(4, wallOffset);
            insert.setBytes(5, row.bytes());
            insert.executeUpdate();
          }
          return null;
        });
  }
}

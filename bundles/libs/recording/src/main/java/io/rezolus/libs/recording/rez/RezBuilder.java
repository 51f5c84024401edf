package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.StagedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts an archive together from whole recordings and ready segments. It appears under its name with
 * {@link #publish} and not before. Not thread safe.
 */
public final class RezBuilder implements Closeable {
  private final Path target;
  private final StagedFile staged;
  private final Archive archive;
  private final PreparedStatement segment;
  private final Map<String, Long> sequences = new HashMap<>();
  private boolean closed;

  private RezBuilder(Path target, StagedFile staged, Archive archive, PreparedStatement segment) {
    this.target = target;
    this.staged = staged;
    this.archive = archive;
    this.segment = segment;
  }

  /**
   * Begins an archive.
   *
   * @param target its name in the end; an earlier file of that name is replaced then
   */
  public static RezBuilder create(Path target) throws IOException {
    SideFiles.requireNoWal(target);
    StagedFile staged = new StagedFile(target);
    try {
      Archive archive = Archive.layOut(staged.path());
      try {
        // nobody reads it before it is whole, so it need not survive anything until then
        archive.execute(List.of("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "BEGIN"));
        return new RezBuilder(
            target,
            staged,
            archive,
            archive.call(
                connection ->
                    connection.prepareStatement(
                        "INSERT INTO segments(recording_id, sampler, seq, rows, first_ts, last_ts,"
                            + " bytes) VALUES (?,?,?,?,?,?,?)")));
      } catch (IOException e) {
        archive.close();
        throw e;
      }
    } catch (IOException e) {
      staged.close();
      SideFiles.delete(staged.path());
      throw e;
    }
  }

  /**
   * Adds a recording without tables.
   *
   * @param complete whether it was ended in order
   * @param clockAnchorNanos wall clock when it began, nanoseconds since the Unix epoch
   * @return its number in the archive
   */
  public long addRecording(
      Map<String, String> labels,
      Map<String, String> metadata,
      boolean complete,
      long clockAnchorNanos,
      List<ClockOffset> clockOffsets)
      throws IOException {
    return archive.call(
        connection -> {
          long id = insert(connection, labels, metadata, complete, clockAnchorNanos);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO clock_offsets(recording_id, ts, offset_ns) VALUES (?,?,?)")) {
            for (ClockOffset offset : clockOffsets) {
              insert.setLong(1, id);
              insert.setLong(2, offset.ts());
              insert.setLong(3, offset.offsetNanos());
              insert.executeUpdate();
            }
          }
          return id;
        });
  }

  static long insert(
      Connection connection,
      Map<String, String> labels,
      Map<String, String> metadata,
      boolean complete,
      long clockAnchorNanos)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO recordings(labels, metadata, complete, clock_anchor_wall_ns)"
                + " VALUES (?,?,?,?) RETURNING id")) {
      insert.setString(1, JsonStrings.write(labels));
      insert.setString(2, JsonStrings.write(metadata));
      insert.setInt(3, complete ? 1 : 0);
      insert.setLong(4, clockAnchorNanos);
      try (var row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Adds a segment behind those its table has already.
   *
   * @param recording number of its recording
   * @param table {@code <sampler>/<group>} or {@code <sampler>}
   * @param bytes the whole parquet file
   */
  public void addSegment(
      long recording, String table, byte[] bytes, long rows, long firstTs, long lastTs)
      throws IOException {
    long seq = sequences.merge(recording + "/" + table, 1L, Long::sum) - 1;
    archive.call(
        connection -> {
          insert(segment, recording, table, seq, new Sealed(bytes, rows, firstTs, lastTs));
          return null;
        });
  }

  static void insert(
      PreparedStatement segment, long recording, String table, long seq, Sealed sealed)
      throws SQLException {
    segment.setLong(1, recording);
    segment.setString(2, table);
    segment.setLong(3, seq);
    segment.setLong(4, sealed.rows());
    segment.setLong(5, sealed.firstTs());
    segment.setLong(6, sealed.lastTs());
    segment.setBytes(7, sealed.bytes());
    segment.executeUpdate();
  }

  /** Ends the archive, forces it to the disk and gives it its name. */
  public void publish() throws IOException {
    archive.execute(List.of("COMMIT", "PRAGMA journal_mode=WAL"));
    closeArchive();
    SideFiles.requireNoWal(target);
    staged.publish();
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    try {
      closeArchive();
    } finally {
      staged.close();
      // SQLite leaves one of these where it could not write
      SideFiles.delete(staged.path());
    }
  }

  private void closeArchive() throws IOException {
    if (!closed) {
      closed = true;
      archive.close();
    }
  }
}

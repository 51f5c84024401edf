package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes an archive that is whole at every moment: a tick that was appended survives a kill and a
 * power loss. Others may read and copy the archive meanwhile. Not thread safe.
 */
public final class RezWriter implements Closeable {
  /** Estimated size of what one call turns into segments, so that no tick waits for all tables. */
  private static final long SEAL_BYTES = 2L << 20;

  private final Archive archive;
  private final long recording;
  private final RezWriterOptions options;
  private final LongSupplier nanoClock;
  private final Map<String, OpenSegment> segments = new LinkedHashMap<>();
  private final RowFactory rows = new RowFactory(this::segment);
  private final RowLog log;
  private final Sealer sealer;
  private final Retention retention;
  private long ticks;
  private long beganTs;
  private long newestTs;
  private long newestOffset;

  private RezWriter(
      Archive archive, long recording, RezWriterOptions options, LongSupplier nanoClock)
      throws IOException {
    this.archive = archive;
    this.recording = recording;
    this.options = options;
    this.nanoClock = nanoClock;
    this.sealer = new Sealer(archive, recording);
    this.retention = new Retention(archive, recording);
    log = new RowLog(archive, recording);
  }

  /**
   * Begins an archive.
   *
   * @param labels what the recording as a whole is labelled with
   * @param metadata its key-values
   * @throws java.nio.file.FileAlreadyExistsException when there is a file of that name
   */
  public static RezWriter create(
      Path path, Map<String, String> labels, Map<String, String> metadata, RezWriterOptions options)
      throws IOException {
    return create(path, labels, metadata, options, System::nanoTime);
  }

  static RezWriter create(
      Path path,
      Map<String, String> labels,
      Map<String, String> metadata,
      RezWriterOptions options,
      LongSupplier nanoClock)
      throws IOException {
    Archive archive = Archive.create(path);
    try {
      long id =
          archive.transaction(
              connection ->
                  RezBuilder.insert(
                      connection, labels, metadata, false, options.clockAnchorNanos()));
      return new RezWriter(archive, id, options, nanoClock);
    } catch (IOException e) {
      archive.close();
      SideFiles.delete(path);
      throw e;
    }
  }

  /**
   * Goes on with an archive that was not ended, with its labels, metadata and clock anchor.
   *
   * @throws IOException when it was ended, holds anything but one recording, or is damaged
   */
  public static RezWriter adopt(Path path, RezWriterOptions options) throws IOException {
    Archive archive = Archive.write(path);
    try {
      RezCatalog catalog = archive.call(connection -> CatalogReader.read(path, connection));
      if (catalog.recordings().size() != 1 || catalog.recordings().get(0).complete()) {
        throw new IOException(path + ": not a recording that could go on: it was ended in order");
      }
      RecordingCatalog recording = catalog.recordings().get(0);
      RezWriter writer = new RezWriter(archive, recording.id(), options, System::nanoTime);
      writer.resume(recording);
      return writer;
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  private void resume(RecordingCatalog recording) throws IOException {
    newestTs = recording.tables().stream().mapToLong(TableCatalog::lastTs).max().orElse(0);
    beganTs = newestTs == 0 ? 0 : recording.clockAnchorNanos();
    sealer.clockObserved(
        recording.clockOffsets().stream().mapToLong(ClockOffset::ts).max().orElse(Long.MIN_VALUE));
    segments.putAll(Resumption.of(archive, recording, sealer, nanoClock.getAsLong()));
  }

  /** Time of the newest row, which the next must exceed; 0 where there is none. */
  public long newestTs() {
    return newestTs;
  }

  /**
   * Stores a snapshot: version 3 in a table for each group, the others in one for each sampler.
   *
   * @see #append(Snapshot, long, long)
   */
  public void append(DecodedSnapshot decoded, long tsNanos, long wallOffsetNanos)
      throws IOException {
    if (decoded.version() == 3) {
      append(decoded.snapshot(), tsNanos, wallOffsetNanos);
    } else {
      appendEntries(decoded.snapshot(), tsNanos, wallOffsetNanos);
    }
  }

  /**
   * Stores one row for each group that has a reading newer than the one stored last. It is on the
   * disk when the call returns; after a failure nothing of it is.
   *
   * @param tsNanos time of the row, nanoseconds since the Unix epoch, later than all before
   * @param wallOffsetNanos how far the wall clock is ahead of that
   */
  public void append(Snapshot snapshot, long tsNanos, long wallOffsetNanos) throws IOException {
    requireLater(tsNanos);
    store(rows.groups(snapshot.groups(), tsNanos), tsNanos, wallOffsetNanos);
  }

  /**
   * Stores the entries of a snapshot of version 1 or 2, which have their windows each: one row for
   * each sampler.
   *
   * @see #append(Snapshot, long, long)
   */
  public void appendEntries(Snapshot snapshot, long tsNanos, long wallOffsetNanos)
      throws IOException {
    requireLater(tsNanos);
    store(rows.entries(snapshot.groups(), tsNanos), tsNanos, wallOffsetNanos);
  }

  private void requireLater(long ts) {
    if (ts <= newestTs) {
      throw new IllegalArgumentException("a row at " + ts + " after one at " + newestTs);
    }
  }

  private OpenSegment segment(String table) {
    return segments.computeIfAbsent(table, name -> new OpenSegment(name, 0));
  }

  private void store(List<PendingRow> pending, long ts, long wallOffset) throws IOException {
    if (!pending.isEmpty()) {
      try {
        log.insert(pending, ts, wallOffset);
      } catch (IOException e) {
        // the rows that told names and labels may be those that were lost
        pending.forEach(row -> row.segment().forget());
        throw e;
      }
      long now = nanoClock.getAsLong();
      pending.forEach(row -> row.segment().stored(row, ts, now));
      beganTs = beganTs == 0 ? ts : beganTs;
      newestTs = ts;
      newestOffset = wallOffset;
    }
    ticks++;
  }

  /**
   * Turns the rows of tables that have enough of them into segments, a few tables in each call. To
   * be called once a tick, as an alternative to {@link #due}.
   *
   * @return how many segments were written
   */
  public int sealDue() throws IOException {
    Sealing sealing = due();
    if (sealing == null) {
      return 0;
    }
    sealing.encode();
    seal(sealing);
    return sealing.parts().size();
  }

  /**
   * The rows of tables that have enough of them for a segment, of a few tables in each call. To be
   * called once a tick; when what it returned is encoded, {@link #seal} is due before the next
   * call, before {@link #evict} and before {@link #finish}.
   *
   * @return null where there are none
   */
  public Sealing due() throws IOException {
    long now = nanoClock.getAsLong();
    List<OpenSegment> due = new ArrayList<>();
    long bytes = 0;
    for (OpenSegment segment : segments.values()) {
      if (bytes < SEAL_BYTES && segment.isDue(options, now)) {
        due.add(segment);
        bytes += segment.bytes();
      }
    }
    if (due.isEmpty()) {
      return null;
    }
    Sealing sealing = new Sealing(new ClockOffset(newestTs, newestOffset));
    for (OpenSegment segment : due) {
      sealer.cut(segment, sealing);
    }
    return sealing;
  }

  /** Stores rows that are encoded. */
  public void seal(Sealing encoded) throws IOException {
    sealer.seal(encoded, false);
  }

  /**
   * Encodes a snapshot as segments and drops the result. Code that has never run is slow; whoever
   * wants {@link #finish} to be quick calls this a few times before, in a thread that nobody waits
   * for.
   */
  public static void rehearse(Snapshot snapshot) throws IOException {
    long ts = snapshot.systemTimeNanos();
    RowFactory rows = new RowFactory(table -> new OpenSegment(table, 0));
    for (PendingRow row : rows.groups(snapshot.groups(), ts)) {
      SegmentBuilder segment = new SegmentBuilder();
      new RowDecoder(segment, Long.MIN_VALUE).row(ts, 0, row.bytes());
      Sealed.of(segment);
    }
  }

  /**
   * Forgets segments whose rows are all older, and single rows that are older and not sealed yet.
   *
   * @param cutoffTs time of the oldest row to keep, nanoseconds since the Unix epoch
   */
  public void evict(long cutoffTs) throws IOException {
    retention.evict(cutoffTs, segments.values());
    new FreeSpace(archive).shrink();
  }

  /**
   * Ends the recording: seals what is open, says that it was ended in order and gives unused space
   * back. What it takes does not depend on how much was recorded. Closes the archive.
   */
  public void finish() throws IOException {
    try (this) {
      Sealing sealing = new Sealing(new ClockOffset(newestTs, newestOffset));
      for (OpenSegment segment : segments.values()) {
        if (!segment.isEmpty()) {
          sealer.cut(segment, sealing);
          // one table at a time: as rows they take more memory
          sealing.encode();
        }
      }
      sealer.seal(sealing, true);
      archive.execute(List.of("PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)"));
    }
  }

  /** Replaces the recording's key-values. */
  public void describe(Map<String, String> metadata) throws IOException {
    archive.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE recordings SET metadata=? WHERE id=?")) {
            update.setString(1, JsonStrings.write(metadata));
            update.setLong(2, recording);
            return update.executeUpdate();
          }
        });
  }

  /** Closes the archive and removes it. */
  public void discard() throws IOException {
    close();
    SideFiles.delete(archive.path());
  }

  /** What was written so far. */
  public RezStatus status() throws IOException {
    return archive.transaction(
        connection -> {
          List<TableCatalog> tables = CatalogReader.tables(connection, recording);
          return new RezStatus(
              ticks,
              tables.stream().mapToLong(TableCatalog::rows).sum(),
              beganTs,
              tables.stream().mapToLong(TableCatalog::firstTs).min().orElse(0),
              newestTs,
              SideFiles.total(archive.path()),
              FreeSpace.pages(connection),
              FreeSpace.freePages(connection),
              tables);
        });
  }

  /** Closes the archive as it is; it counts as not ended, and {@link #adopt} goes on with it. */
  @Override
  public void close() throws IOException {
    archive.close();
  }
}

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
import java.util.function.Supplier;

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
  private Map<String, String> labels = Map.of();
  private Map<String, String> metadata = Map.of();
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
      RezWriter writer = new RezWriter(archive, id, options, nanoClock);
      writer.labels = Map.copyOf(labels);
      writer.metadata = Map.copyOf(metadata);
      return writer;
    } catch (IOException e) {
      archive.close();
      SideFiles.delete(path);
      throw e;
    }
  }

  /**
   * Goes on with the last recording of an archive, which was not ended, with its labels, metadata
   * and clock anchor.
   *
   * @throws UnfitArchiveException when that recording was ended, there is none, or the archive is
   *     damaged or of another kind
   * @throws IOException when it cannot be opened or changed for another reason, which may pass
   */
  public static RezWriter adopt(Path path, RezWriterOptions options) throws IOException {
    try {
      Archive archive = Archive.write(path);
      try {
        return Resumption.of(archive, options);
      } catch (IOException | RuntimeException e) {
        archive.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof UnfitArchiveException unfit ? unfit : UnfitArchiveException.of(path, e);
    }
  }

  /** A writer that has got as far as an earlier one. */
  static RezWriter resume(
      Archive archive, RezCatalog catalog, RecordingCatalog recording, RezWriterOptions options)
      throws IOException {
    RezWriter writer = new RezWriter(archive, recording.id(), options, System::nanoTime);
    writer.labels = recording.labels();
    writer.metadata = recording.metadata();
    // rows of all recordings have one order, so that the oldest can be told
    writer.newestTs = catalog.lastTs();
    writer.newestOffset = Resumption.newestOffset(archive, recording.id());
    writer.beganTs = writer.newestTs == 0 ? 0 : catalog.recordings().get(0).clockAnchorNanos();
    writer.sealer.clockObserved(
        recording.clockOffsets().stream().mapToLong(ClockOffset::ts).max().orElse(Long.MIN_VALUE));
    writer.segments.putAll(
        Resumption.segments(archive, recording, writer.sealer, writer.nanoClock.getAsLong()));
    return writer;
  }

  /**
   * Ends the recording in order and begins another one behind it in the same archive, both in one
   * moment. This writer is of no further use.
   *
   * @param options {@code clockAnchorNanos} is that of the new recording
   * @return the writer of the new recording; its rows must be later than all before, too
   */
  public RezWriter begin(
      Map<String, String> labels, Map<String, String> metadata, RezWriterOptions options)
      throws IOException {
    long[] id = new long[1];
    sealer.seal(
        open(),
        connection -> {
          sealer.end(connection);
          id[0] =
              RezBuilder.insert(connection, labels, metadata, false, options.clockAnchorNanos());
          return null;
        });
    RezWriter next = new RezWriter(archive, id[0], options, nanoClock);
    next.labels = Map.copyOf(labels);
    next.metadata = Map.copyOf(metadata);
    next.newestTs = newestTs;
    next.newestOffset = newestOffset;
    next.beganTs = beganTs;
    return next;
  }

  /** What the recording as a whole is labelled with. */
  public Map<String, String> labels() {
    return labels;
  }

  /** The recording's key-values. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** How far the wall clock was ahead of the newest row's time, in nanoseconds. */
  public long newestOffset() {
    return newestOffset;
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
    store(() -> rows.groups(snapshot.groups(), tsNanos), tsNanos, wallOffsetNanos);
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
    store(() -> rows.entries(snapshot.groups(), tsNanos), tsNanos, wallOffsetNanos);
  }

  private void requireLater(long ts) {
    if (ts <= newestTs) {
      throw new IllegalArgumentException("a row at " + ts + " after one at " + newestTs);
    }
  }

  private OpenSegment segment(String table) {
    return segments.computeIfAbsent(table, name -> new OpenSegment(name, 0));
  }

  private void store(Supplier<List<PendingRow>> made, long ts, long wallOffset) throws IOException {
    List<PendingRow> pending;
    try {
      pending = made.get();
      if (!pending.isEmpty()) {
        log.insert(pending, ts, wallOffset);
      }
    } catch (IOException | RuntimeException e) {
      // the rows that told names and labels may be those that were lost
      segments.values().forEach(OpenSegment::forget);
      throw e;
    }
    if (!pending.isEmpty()) {
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
    sealer.seal(encoded, connection -> null);
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
      sealer.seal(open(), sealer::end);
      archive.execute(List.of("PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)"));
    }
  }

  /** Everything that is open, encoded. */
  private Sealing open() throws IOException {
    Sealing sealing = new Sealing(new ClockOffset(newestTs, newestOffset));
    for (OpenSegment segment : segments.values()) {
      if (!segment.isEmpty()) {
        sealer.cut(segment, sealing);
        // one table at a time: as rows they take more memory
        sealing.encode();
      }
    }
    return sealing;
  }

  /** Replaces the recording's key-values. */
  public void describe(Map<String, String> keyValues) throws IOException {
    archive.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE recordings SET metadata=? WHERE id=?")) {
            update.setString(1, JsonStrings.write(keyValues));
            update.setLong(2, recording);
            return update.executeUpdate();
          }
        });
    metadata = Map.copyOf(keyValues);
  }

  /** Closes the archive and removes it. */
  public void discard() throws IOException {
    close();
    SideFiles.delete(archive.path());
  }

  /** What the archive holds so far, of all its recordings. */
  public RezStatus status() throws IOException {
    return archive.transaction(
        connection -> {
          List<TableCatalog> tables = RezStatus.tables(connection);
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

package io.rezolus.outputs.hindsight;

import io.rezolus.libs.recording.rez.RezStatus;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.libs.recording.rez.Sealing;
import io.rezolus.libs.recording.rez.UnfitArchiveException;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recent past as an archive on disk that loses its oldest rows as new ones come. What was added
 * is on the disk, so that a kill loses the reading that is under way. A thread of its own encodes
 * segments, so that these do not make a sample late. Thread safe.
 */
final class Buffer implements Closeable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How often in the time that is kept something is let go of. */
  private static final int EVICTIONS = 16;

  /** As many readings that could not be stored, one after another, end it. */
  private static final int REFUSALS_MAX = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Buffer.class);

  private final Path path;
  private final long lookbackNanos;
  private final int segmentRows;
  private final boolean adopted;
  private final ExecutorService encoder =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "rezolus-encoder");
            thread.setDaemon(true);
            return thread;
          });

  // null where none is being encoded
  private Future<Sealing> sealing;
  private RezWriter writer;
  private volatile long newestTs;
  private volatile long wallOffset;
  private volatile long refused;
  private int refusedInARow;
  private long anchorNanos;
  private long startNanos;
  private long last;
  private long evictedUpTo;

  private Buffer(Path path, Duration lookback, int segmentRows, RezWriter writer) {
    this.path = path;
    this.lookbackNanos = lookback.toNanos();
    this.segmentRows = segmentRows;
    this.writer = writer;
    adopted = writer != null;
    if (adopted) {
      newestTs = writer.newestTs();
      wallOffset = writer.newestOffset();
    }
  }

  /**
   * Opens what an earlier run left, if anything. What cannot be gone on with is put aside.
   *
   * @throws IOException when what is there can be neither opened nor put aside
   */
  static Buffer open(BufferPlace place, Duration lookback, int segmentRows) throws IOException {
    Path path = place.buffer();
    return new Buffer(path, lookback, segmentRows, earlier(place, segmentRows));
  }

  private static RezWriter earlier(BufferPlace place, int segmentRows) throws IOException {
    if (!Files.exists(place.buffer())) {
      if (place.hasRemains()) {
        LOG.warn("{}: only its log is there; put aside in {}", place, place.setAside());
      }
      return null;
    }
    try {
      RezWriter writer = RezWriter.adopt(place.buffer(), options(segmentRows, 0));
      if (writer.newestTs() != 0) {
        return writer;
      }
      writer.discard();
    } catch (UnfitArchiveException e) {
      if (e.isEmpty()) {
        place.removeBuffer();
      } else {
        LOG.warn("{}; put aside in {}, a new buffer is begun", e.getMessage(), place.setAside());
      }
    }
    return null;
  }

  private static RezWriterOptions options(int segmentRows, long anchor) {
    return RezWriterOptions.standard(anchor).withSegmentRows(segmentRows);
  }

  /**
   * Gets ready for readings. They go on with the recording that an earlier run left where that came
   * from the same origin, and are a recording of their own in the same archive otherwise.
   */
  synchronized void begin(Origin origin) throws IOException {
    // behind what there is, even where the clock is not: how far is then told by the offsets
    anchorNanos = Math.max(wallNanos(), newestTs + 1);
    startNanos = System.nanoTime();
    last = newestTs;
    RezWriterOptions options = options(segmentRows, anchorNanos);
    if (writer == null) {
      writer = RezWriter.create(path, origin.labels(), origin.metadata(), options);
    } else if (!origin.continues(writer.labels(), writer.metadata())) {
      LOG.info("{}: other agent or interval than before: a recording of its own", path);
      writer = writer.begin(origin.labels(), origin.metadata(), options);
    }
  }

  Path path() {
    return path;
  }

  /** Whether it has what an earlier run kept. */
  boolean adopted() {
    return adopted;
  }

  /** Time of the newest row, nanoseconds since the Unix epoch; 0 where there is none. */
  long newestTs() {
    return newestTs;
  }

  /** How far the wall clock was ahead of the newest row's time, in nanoseconds. */
  long wallOffset() {
    return wallOffset;
  }

  /** How many readings could not be stored. */
  long refused() {
    return refused;
  }

  /**
   * Adds a reading, and lets go of what is older than the newest row by more than the lookback: an
   * outage freezes the buffer instead of emptying it.
   *
   * <p>A reading that cannot be stored for what it is counts, and is left out.
   *
   * @throws IOException when nothing can be stored any more
   */
  synchronized void append(DecodedSnapshot snapshot) throws IOException {
    long time = Math.max(last + 1, anchorNanos + System.nanoTime() - startNanos);
    long offset = wallNanos() - time;
    last = time;
    try {
      writer.append(snapshot, time, offset);
      refusedInARow = 0;
    } catch (RuntimeException e) {
      refuse(e);
      return;
    }
    newestTs = time;
    wallOffset = offset;
    if (sealing != null && sealing.isDone()) {
      seal();
    }
    if (sealing == null) {
      // what is due is sealed before anything is let go of
      Sealing due = writer.due();
      if (due == null) {
        letGo(time - lookbackNanos);
      } else {
        sealing = encoder.submit(() -> encoded(due));
      }
    }
  }

  /** It may have been this one reading; when it was not, nothing is gained by going on. */
  private void refuse(RuntimeException e) throws IOException {
    if (refusedInARow == 0) {
      LOG.error("{}: a reading could not be stored: {}", path, e.toString());
    }
    refused++;
    refusedInARow++;
    if (refusedInARow >= REFUSALS_MAX) {
      throw new IOException("the last " + REFUSALS_MAX + " readings could not be stored: " + e, e);
    }
  }

  private static Sealing encoded(Sealing due) throws IOException {
    due.encode();
    return due;
  }

  private void seal() throws IOException {
    try {
      writer.seal(sealing.get());
      sealing = null;
    } catch (ExecutionException e) {
      throw new IOException("segment not made: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Not at every reading: the oldest rows that stay take over what those that go have told. */
  private void letGo(long cutoff) throws IOException {
    if (cutoff - evictedUpTo >= lookbackNanos / EVICTIONS) {
      writer.evict(cutoff);
      evictedUpTo = cutoff;
    }
  }

  /** What it holds at the moment. */
  synchronized RezStatus status() throws IOException {
    return writer == null ? RezStatus.NOTHING : writer.status();
  }

  /** Closes the archive as it is; what was not encoded is encoded by who goes on with it. */
  @Override
  public synchronized void close() throws IOException {
    encoder.shutdownNow();
    if (writer != null) {
      writer.close();
    }
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}

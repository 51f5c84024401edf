package io.rezolus.outputs.hindsight;

import io.rezolus.libs.recording.rez.RezStatus;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.libs.recording.rez.UnfitArchiveException;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recent past as an archive on disk that loses its oldest rows as new ones come. A thread of
 * its own writes, so that sealing does not make a sample late. Thread safe.
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
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread writing = new Thread(task, "rezolus-buffer");
            writing.setDaemon(true);
            return writing;
          });

  /** One reading is written and one waits; a disk that stands still must not fill the memory. */
  private final Semaphore room = new Semaphore(2);

  private RezWriter writer;
  private volatile IOException failure;
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
  void begin(Origin origin) throws IOException {
    // behind what there is, even where the clock is not: how far is then told by the offsets
    anchorNanos = Math.max(wallNanos(), newestTs + 1);
    startNanos = System.nanoTime();
    last = newestTs;
    RezWriterOptions options = options(segmentRows, anchorNanos);
    await(
        submit(
            () -> {
              if (writer == null) {
                writer = RezWriter.create(path, origin.labels(), origin.metadata(), options);
              } else if (!origin.continues(writer.labels(), writer.metadata())) {
                LOG.info("{}: other agent or interval than before: a recording of its own", path);
                writer = writer.begin(origin.labels(), origin.metadata(), options);
              }
              return null;
            }));
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
   * @throws IOException when nothing can be stored any more
   */
  void requireSound() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Adds a reading, and lets go of what is older than the newest row by more than the lookback: an
   * outage freezes the buffer instead of emptying it.
   *
   * <p>Waits where the disk does not keep up.
   *
   * @throws IOException when an earlier reading could not be written
   */
  void append(DecodedSnapshot snapshot) throws IOException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    long time = Math.max(last + 1, anchorNanos + System.nanoTime() - startNanos);
    long offset = wallNanos() - time;
    last = time;
    try {
      requireSound();
      submit(() -> store(snapshot, time, offset));
    } catch (IOException e) {
      room.release();
      throw e;
    }
  }

  private Void store(DecodedSnapshot snapshot, long time, long offset) {
    try {
      writer.append(snapshot, time, offset);
      newestTs = time;
      wallOffset = offset;
      // what is due is sealed before anything is let go of
      writer.sealDue();
      letGo(time - lookbackNanos);
      refusedInARow = 0;
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      refuse(e);
    } catch (Error e) {
      failure = new IOException("a reading could not be stored: " + e, e);
    } finally {
      room.release();
    }
    return null;
  }

  /** It may have been this one reading; when it was not, nothing is gained by going on. */
  private void refuse(RuntimeException e) {
    if (refusedInARow == 0) {
      LOG.error("{}: a reading could not be stored: {}", path, e.toString());
    }
    refused++;
    refusedInARow++;
    if (refusedInARow == REFUSALS_MAX) {
      failure =
          new IOException("the last " + REFUSALS_MAX + " readings could not be stored: " + e, e);
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
  RezStatus status() throws IOException {
    return await(submit(() -> writer == null ? RezStatus.NOTHING : writer.status()));
  }

  /** Waits until everything added is on the disk, and closes the archive as it is. */
  @Override
  public void close() throws IOException {
    try {
      await(
          submit(
              () -> {
                if (writer != null) {
                  writer.close();
                }
                return null;
              }));
    } finally {
      thread.shutdown();
    }
    requireSound();
  }

  private <T> Future<T> submit(Callable<T> task) throws IOException {
    try {
      return thread.submit(task);
    } catch (RejectedExecutionException e) {
      throw new IOException("the buffer is closed", e);
    }
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}

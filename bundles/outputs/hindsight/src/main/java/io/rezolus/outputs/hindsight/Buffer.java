package io.rezolus.outputs.hindsight;

import io.rezolus.libs.recording.rez.RezStatus;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * The recent past as an archive on disk that loses its oldest rows as new ones come. A thread of
 * its own writes, so that sealing does not make a sample late. Thread safe.
 */
final class Buffer implements Closeable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How often in the time that is kept something is let go of. */
  private static final int EVICTIONS = 16;

  private final RezWriter writer;
  private final Path path;
  private final long lookbackNanos;
  private final boolean adopted;
  private final long anchorNanos;
  private final long startNanos = System.nanoTime();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread writing = new Thread(task, "rezolus-buffer");
            writing.setDaemon(true);
            return writing;
          });

  /** One reading is written and one waits; a disk that stands still must not fill the memory. */
  private final Semaphore room = new Semaphore(2);

  private volatile IOException failure;
  private volatile long newestTs;
  private long last;
  private long evictedUpTo;

  private Buffer(
      Path path, RezWriter writer, long lookbackNanos, boolean adopted, long anchorNanos) {
    this.path = path;
    this.writer = writer;
    this.lookbackNanos = lookbackNanos;
    this.adopted = adopted;
    this.anchorNanos = anchorNanos;
    newestTs = writer.newestTs();
    last = newestTs;
  }

  /**
   * Goes on with the buffer that an earlier run left, or begins one.
   *
   * @param labels what the recording is labelled with where it is begun
   * @param metadata its key-values
   */
  static Buffer open(
      Path path,
      Duration lookback,
      int segmentRows,
      Map<String, String> labels,
      Map<String, String> metadata)
      throws IOException {
    long anchor = wallNanos();
    RezWriterOptions options = RezWriterOptions.standard(anchor).withSegmentRows(segmentRows);
    if (Files.exists(path)) {
      RezWriter writer = RezWriter.adopt(path, options);
      return new Buffer(path, writer, lookback.toNanos(), true, anchor);
    }
    RezWriter writer = RezWriter.create(path, labels, metadata, options);
    return new Buffer(path, writer, lookback.toNanos(), false, anchor);
  }

  Path path() {
    return path;
  }

  /** Whether it goes on where an earlier run ended. */
  boolean adopted() {
    return adopted;
  }

  /** Time of the newest row, nanoseconds since the Unix epoch; 0 where there is none. */
  long newestTs() {
    return newestTs;
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
    if (failure != null) {
      throw failure;
    }
    long time = Math.max(last + 1, anchorNanos + System.nanoTime() - startNanos);
    long offset = wallNanos() - time;
    last = time;
    submit(
        () -> {
          try {
            writer.append(snapshot, time, offset);
            newestTs = time;
            // what is due is sealed before anything is let go of
            writer.sealDue();
            letGo(time - lookbackNanos);
            return null;
          } finally {
            room.release();
          }
        });
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
    return await(submit(writer::status));
  }

  /** Waits until everything added is on the disk, and closes the archive as it is. */
  @Override
  public void close() throws IOException {
    await(
        submit(
            () -> {
              writer.close();
              return null;
            }));
    thread.shutdown();
    if (failure != null) {
      throw failure;
    }
  }

  private <T> Future<T> submit(Callable<T> task) throws IOException {
    try {
      return thread.submit(
          () -> {
            try {
              return task.call();
            } catch (IOException e) {
              failure = e;
              throw e;
            }
          });
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

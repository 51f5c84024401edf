package io.rezolus.outputs.hindsight;

import io.rezolus.libs.recording.rez.RezStatus;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.libs.recording.rez.Sealing;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The recent past as an archive on disk that loses its oldest rows as new ones come. What was added
 * is on the disk, so that a kill loses the reading that is under way. A thread of its own encodes
 * segments, so that these do not make a sample late. Thread safe.
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
  private final ExecutorService encoder =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "rezolus-encoder");
            thread.setDaemon(true);
            return thread;
          });

  // null where none is being encoded
  private Future<Sealing> sealing;
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
   * @throws IOException when it could not be written
   */
  synchronized void append(DecodedSnapshot snapshot) throws IOException {
    long time = Math.max(last + 1, anchorNanos + System.nanoTime() - startNanos);
    long offset = wallNanos() - time;
    last = time;
    writer.append(snapshot, time, offset);
    newestTs = time;
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
    return writer.status();
  }

  /** Closes the archive as it is; what was not encoded is encoded by who goes on with it. */
  @Override
  public synchronized void close() throws IOException {
    encoder.shutdownNow();
    writer.close();
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}

package io.rezolus.outputs.hindsight;

import io.rezolus.libs.recording.rez.DumpResult;
import io.rezolus.libs.recording.rez.RezDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the buffer. Those that go to the output are made one after another; all of them read
 * the buffer beside whoever writes it, so that no sample is late for them.
 */
final class Captures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Captures.class);
  private static final long END_SECONDS = 60;

  /** Each takes as much room on the disk as the buffer. */
  private static final int COPIES = 2;

  private final Buffer buffer;
  private final BufferPlace place;
  private final Path output;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread copying = new Thread(task, "rezolus-capture");
            copying.setDaemon(true);
            return copying;
          });

  private final Semaphore copies = new Semaphore(COPIES);
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile boolean unfinished;

  Captures(Buffer buffer, BufferPlace place, Path output) {
    this.buffer = buffer;
    this.place = place;
    this.output = output;
  }

  Path output() {
    return output;
  }

  /** Time of the newest row of the buffer. */
  long newestTs() {
    return buffer.newestTs();
  }

  /** How far the wall clock was ahead of the time of that row. */
  long wallOffset() {
    return buffer.wallOffset();
  }

  /**
   * Asks for a copy of everything at the output; what comes of it is logged. One that waits for
   * others serves all that ask for it meanwhile.
   */
  void request() {
    if (requested.getAndSet(true)) {
      return;
    }
    try {
      thread.execute(this::captureRequested);
    } catch (RejectedExecutionException e) {
      LOG.warn("asked for a capture too late: this is the end");
    }
  }

  private void captureRequested() {
    requested.set(false);
    try {
      DumpResult result = capture(TimeRange.EVERYTHING);
      if (result.isEmpty()) {
        LOG.warn("nothing to capture yet; {} is left as it is", output);
      } else {
        LOG.info("capture complete: {}, {} rows", output, result.rows());
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("capture failed, {} is left as it is: {}", output, e.getMessage());
    }
  }

  /**
   * Puts a copy at the output.
   *
   * @return what it holds; when that is nothing, the output is left as it is
   */
  DumpResult toOutput(TimeRange range) throws IOException {
    try {
      return thread.submit(() -> capture(range)).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (RejectedExecutionException e) {
      throw new IOException("it is ending", e);
    }
  }

  private DumpResult capture(TimeRange range) throws IOException {
    unfinished = true;
    DumpResult result = copy(range, output);
    unfinished = false;
    return result;
  }

  /** Whether there is room for one more copy to be sent; if so {@link #release} is to follow. */
  boolean claim() {
    return copies.tryAcquire();
  }

  /** A copy was sent and is removed. */
  void release() {
    copies.release();
  }

  /** Whether there is anything of a time. */
  boolean holds(TimeRange range) throws IOException {
    return buffer.status().tables().stream()
        .anyMatch(table -> table.lastTs() >= range.from() && table.firstTs() <= range.to());
  }

  /** A copy for the caller, who removes it; null where the range is empty. */
  Path toTemporary(TimeRange range) throws IOException {
    Path path = place.temporary();
    return copy(range, path).isEmpty() ? null : path;
  }

  private DumpResult copy(TimeRange range, Path target) throws IOException {
    if (buffer.newestTs() == 0) {
      return DumpResult.NOTHING;
    }
    return range.everything()
        ? RezDump.everything(buffer.path(), target)
        : RezDump.range(buffer.path(), target, range.from(), range.to());
  }

  /** Whether the last capture came to its end, or there was none. */
  boolean settled() {
    return !unfinished;
  }

  /** Finishes the captures under way, and waits for copies that are being sent. */
  @Override
  public void close() {
    thread.shutdown();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
          || !copies.tryAcquire(COPIES, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        LOG.warn("a capture is still under way after {} s and is given up", END_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

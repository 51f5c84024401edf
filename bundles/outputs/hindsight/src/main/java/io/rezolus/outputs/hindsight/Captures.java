package io.rezolus.outputs.hindsight;

import io.rezolus.libs.recording.rez.DumpResult;
import io.rezolus.libs.recording.rez.RezDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the buffer. Those that go to the output are made one after another; all of them read
 * the buffer beside whoever writes it, so that no sample is late for them.
 */
final class Captures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Captures.class);
  private static final long END_SECONDS = 60;

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

  /** Asks for a copy of everything at the output; what comes of it is logged. */
  void request() {
    thread.submit(
        () -> {
          try {
            DumpResult result = copy(TimeRange.EVERYTHING, output);
            if (result.isEmpty()) {
              LOG.warn("nothing to capture yet; {} is left as it is", output);
            } else {
              LOG.info("capture complete: {}, {} rows", output, result.rows());
            }
          } catch (IOException e) {
            LOG.error("capture failed, {} is left as it is: {}", output, e.getMessage());
          }
        });
  }

  /**
   * Puts a copy at the output.
   *
   * @return what it holds; when that is nothing, the output is left as it is
   */
  DumpResult toOutput(TimeRange range) throws IOException {
    try {
      return thread.submit(() -> copy(range, output)).get();
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

  /** A copy for the caller, who removes it; null where the range is empty. */
  Path toTemporary(TimeRange range) throws IOException {
    Path path = place.temporary();
    return copy(range, path).isEmpty() ? null : path;
  }

  private DumpResult copy(TimeRange range, Path target) throws IOException {
    return range.everything()
        ? RezDump.everything(buffer.path(), target)
        : RezDump.range(buffer.path(), target, range.from(), range.to());
  }

  /** Finishes the captures under way. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a capture is still under way after {} s and is given up", END_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

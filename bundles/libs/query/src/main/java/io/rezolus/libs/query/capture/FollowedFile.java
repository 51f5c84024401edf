package io.rezolus.libs.query.capture;

import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.recording.SampleCache;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording's file, open for queries, whose changes are noticed: rows that were written since are
 * there for the next query, and a file that took its place is opened. Whether anything has changed
 * is asked of the file system alone, and of the time not more than a tenth goes into looking anew
 * at a file that grows. A file that was removed is shown as far as it still can be read. Recordings
 * that are added to an archive get the next numbers.
 */
public final class FollowedFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
  private static final int REST = 9;

  private final Path path;
  private final SampleCache cache;
  private final List<String> names = new ArrayList<>();
  private Runnable whenMore = () -> {};
  private boolean grown;
  private Generation generation;
  private long notBefore = System.nanoTime();
  private FileState refused;
  private String refusal;

  /** The file as it was when it was opened. */
  private static final class Generation {
    final Path path;
    final FileState state;
    final AtomicBoolean closed;
    OpenRecording open;

    /**
     * @param closed shared by all that read through one connection
     */
    Generation(Path path, FileState state, AtomicBoolean closed) {
      this.path = path;
      this.state = state;
      this.closed = closed;
    }

    void close() throws IOException {
      closed.set(true);
      open.close();
    }

    /** Throws when what is read from the file is not what was opened. */
    void verify() {
      boolean same = !closed.get();
      if (same && open != null && !open.isDetached()) {
        try {
          FileState now = FileState.of(path);
          // one that is gone says so itself
          same = now.isGone() || now.equals(state);
        } catch (IOException e) {
          same = false;
        }
      }
      if (!same) {
        throw new QueryException(
            QueryException.Kind.EXECUTION,
            path + ": was replaced or changed while it was read; ask again");
      }
    }
  }

  private FollowedFile(Path path, SampleCache cache) throws IOException {
    this.path = path;
    this.cache = cache;
    generation = open(FileState.of(path));
    number(generation.open.parts());
  }

  /** Gives recordings that are new the next numbers; the only one may have another name now. */
  private boolean number(List<OpenRecording.Part> parts) {
    List<String> now = parts.stream().map(OpenRecording.Part::name).toList();
    if (names.size() == 1 && !now.contains(names.get(0))) {
      names.set(0, now.get(0));
    }
    int before = names.size();
    now.stream().filter(name -> !names.contains(name)).forEach(names::add);
    return names.size() > before;
  }

  /**
   * Opens a file of any format that recordings have.
   *
   * @param cache for what is decoded
   * @throws IOException when it cannot be read or is no recording
   */
  public static FollowedFile open(Path path, SampleCache cache) throws IOException {
    return new FollowedFile(path, cache);
  }

  /** Names of the recordings that are or were in it, by number; at least one. */
  public synchronized List<String> names() {
    return List.copyOf(names);
  }

  /**
   * @param action called when there are more {@link #names}, by whoever asked for a recording then
   */
  public synchronized void whenMore(Runnable action) {
    whenMore = action;
  }

  /**
   * The recording with the number {@code part} as it is whenever it is asked for. Throws a
   * QueryException when what is there now cannot be read.
   */
  public Supplier<CatalogSource> part(int part) {
    return () -> current(part);
  }

  private CatalogSource current(int part) {
    try {
      return looked(part);
    } finally {
      Runnable action = news();
      // not while others wait for this file
      if (action != null) {
        action.run();
      }
    }
  }

  private synchronized Runnable news() {
    boolean any = grown;
    grown = false;
    return any ? whenMore : null;
  }

  private synchronized CatalogSource looked(int part) {
    try {
      FileState now = FileState.of(path);
      if (!now.isGone() && !now.equals(generation.state)) {
        follow(now);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", path, e.getMessage());
    }
    String name = names.get(part);
    for (OpenRecording.Part one : generation.open.parts()) {
      if (one.name().equals(name)) {
        return one.source();
      }
    }
    throw new QueryException(
        QueryException.Kind.EXECUTION,
        path + ": was replaced and has no recording " + name + " any more");
  }

  private void follow(FileState now) {
    Generation before = generation;
    boolean same = now.sameFile(before.state);
    long begin = System.nanoTime();
    boolean resting = same && before.open.isDetached() && begin - notBefore < 0;
    if (now.equals(refused) || resting && refused != null) {
      throw new QueryException(QueryException.Kind.EXECUTION, refusal);
    }
    if (resting) {
      return;
    }
    try {
      if (same && before.open.isShared()) {
        Generation next = new Generation(path, now, before.closed);
        next.open = before.open.refreshed(next::verify);
        generation = next;
      } else {
        generation = open(now);
        before.close();
        if (!same) {
          LOG.info("{}: was replaced, the new file is shown", path);
        }
      }
      before.open.forget();
      refused = null;
      grown |= number(generation.open.parts());
    } catch (IOException e) {
      refused = now;
      refusal = reason(e);
      throw new QueryException(QueryException.Kind.EXECUTION, refusal);
    } finally {
      long end = System.nanoTime();
      notBefore = end + REST * (end - begin);
    }
  }

  private Generation open(FileState state) throws IOException {
    Generation next = new Generation(path, state, new AtomicBoolean());
    next.open = OpenRecording.open(path, cache, next::verify);
    next.open.warnings().forEach(LOG::warn);
    return next;
  }

  private String reason(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String what = message.startsWith(path.toString()) ? message : path + ": " + message;
    return what + "; it was whole when it was opened";
  }

  @Override
  public synchronized void close() throws IOException {
    generation.close();
  }
}

package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where samples go while a recording is under way, and what becomes of them in the end. */
interface Output extends Closeable {
  /**
   * Stores a sample so that it outlives this process.
   *
   * @throws IOException when it cannot; nothing more can be stored then
   */
  void append(Feed feed, Snapshot snapshot) throws IOException;

  /** Called at every tick, sampled or not. */
  void tick() throws IOException;

  /**
   * Makes the recording what the user asked for.
   *
   * @param feeds those with samples, at least one
   * @return what came of it, one line each
   */
  List<String> finish(List<Feed> feeds) throws IOException;

  /** Removes everything: nothing was recorded. */
  void discard() throws IOException;

  /** Where the samples are as long as the recording is not finished. */
  String kept();

  /** Files that must not stay when the process ends at once. */
  List<Path> partials();

  /** Leaves what there is. */
  @Override
  void close() throws IOException;
}

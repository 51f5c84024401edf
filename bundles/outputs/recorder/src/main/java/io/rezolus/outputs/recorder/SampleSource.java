package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;

/** What is being recorded. */
interface SampleSource {
  /**
   * One snapshot whose members say where they came from. It shares nothing with the next one.
   *
   * @throws IOException when there is none this time; the message says why in one line
   */
  Snapshot sample() throws IOException;

  /** Whether its snapshots are of a version that knows no groups, so that theirs are made up. */
  boolean entries();

  /** Ends a {@link #sample} that is under way in another thread. */
  void cancel();

  /** What is known about the source besides its samples. */
  SourceDetails details();

  /**
   * Asks again what {@link #details} says, after the source was away for a while.
   *
   * @param awaySinceNanos wall clock of the last sample before, nanoseconds since the Unix epoch
   * @return whether it has been started anew since then
   */
  boolean refresh(long awaySinceNanos);
}

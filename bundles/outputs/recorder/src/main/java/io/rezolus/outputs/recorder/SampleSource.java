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

  /** Whether the last sample suggests that {@link #details} or the process is not what it was. */
  default boolean changed() {
    return false;
  }

  /**
   * Asks again what {@link #details} says. May be called while a {@link #sample} is under way.
   *
   * @return whether the source has been started anew since it was asked before
   */
  default boolean refresh() {
    return false;
  }
}

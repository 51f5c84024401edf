package io.rezolus.outputs.recorder;

import java.io.IOException;

/** What is being recorded. */
interface SampleSource {
  /**
   * One snapshot, as msgpack of version 3 whose members say where they came from.
   *
   * @throws IOException when there is none this time; the message says why in one line
   */
  byte[] sample() throws IOException;

  /** Ends a {@link #sample} that is under way in another thread. */
  void cancel();

  /** What is known about the source besides its samples. */
  SourceDetails details();
}

package io.rezolus.core.api.snapshot;

import java.util.function.Function;

/**
 * The current values of all samplers.
 *
 * <p>Nothing is sampled on a timer: a call refreshes the samplers when the last reading is older
 * than the configured time to live, otherwise it shares that reading. Calls are serialised.
 */
public interface SnapshotSource {

  /**
   * Applies {@code reader} to a current snapshot and returns its result.
   *
   * @param reader must not keep the snapshot or its arrays; they are overwritten by the next
   *     reading
   */
  <T> T read(Function<Snapshot, T> reader);

  /**
   * Identifies the reading that {@link #read} last handed out; equal numbers mean equal content, so
   * an encoder may reuse what it made for that number.
   */
  long sequence();
}

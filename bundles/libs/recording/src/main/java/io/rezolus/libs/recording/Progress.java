package io.rezolus.libs.recording;

/** Told how far long work is. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /**
   * @param done steps done, never fewer than before
   * @param total steps in all, the same throughout; 0 where there is nothing to do
   */
  void done(long done, long total);
}

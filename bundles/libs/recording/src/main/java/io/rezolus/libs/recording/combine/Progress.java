package io.rezolus.libs.recording.combine;

/** Told how far long work is. */
public interface Progress {
  /**
   * @param done steps done
   * @param total steps in all
   */
  void done(long done, long total);
}

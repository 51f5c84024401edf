package io.rezolus.libs.wire;

import java.io.IOException;

/** The bytes are no snapshot, or more than the reader is willing to take. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param offset where in the input, counted from the start of this snapshot
   * @param problem what was found and what was expected, one line
   */
  WireException(long offset, String problem) {
    super("snapshot, byte " + offset + ": " + problem);
  }
}

package io.rezolus.libs.recording.combine;

import java.io.IOException;

/** Recordings do not go together; the message says in one line which and why. */
public final class CombineException extends IOException {
  private static final long serialVersionUID = 1L;

  CombineException(String message) {
    super(message);
  }
}

package io.rezolus.core.api.sampler;

/**
 * This host cannot run a sampler: its kernel lacks something, a privilege or a device is missing.
 * Thrown while a sampler starts, it makes the sampler <em>unsupported</em> rather than failed.
 */
public class UnsupportedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what is missing, and what to do where something can be done
   */
  public UnsupportedException(String message) {
    super(message);
  }

  public UnsupportedException(String message, Throwable cause) {
    super(message, cause);
  }
}

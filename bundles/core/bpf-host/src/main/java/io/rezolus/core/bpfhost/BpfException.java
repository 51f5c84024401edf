package io.rezolus.core.bpfhost;

/** The kernel or libbpf refused an object. */
public final class BpfException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: object, program, errno text and the verifier's last words
   */
  public BpfException(String message) {
    super(message);
  }

  public BpfException(String message, Throwable cause) {
    super(message, cause);
  }
}

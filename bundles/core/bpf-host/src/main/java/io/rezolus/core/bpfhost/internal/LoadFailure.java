package io.rezolus.core.bpfhost.internal;

/** The kernel or libbpf refused to load or attach. */
final class LoadFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String program;
  private final int errno;
  private final boolean verified;

  /**
   * @param program the program it is about, or null when that is not known
   * @param errno positive error number
   * @param verified whether the verifier looked at the program and said no
   * @param message one line
   */
  LoadFailure(String program, int errno, boolean verified, String message) {
    super(message);
    this.program = program;
    this.errno = errno;
    this.verified = verified;
  }

  String program() {
    return program;
  }

  int errno() {
    return errno;
  }

  boolean verified() {
    return verified;
  }
}

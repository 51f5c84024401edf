package io.rezolus.launcher;

/** An expected failure before any bundle runs: one line for the user and an exit status. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int INTERNAL = 101;

  private final int exitCode;

  LaunchException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

package io.rezolus.core.api.command;

/** An expected failure of a sub-command: printed as one line on standard error, no stack trace. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  /**
   * @param message what went wrong, where, what was expected and what to do, in one line
   */
  public CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Exit status the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}

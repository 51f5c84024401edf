package io.rezolus.core.shell;

/**
 * The value of Gogo's variable {@code SCOPE}: where commands without a scope are looked for. Gogo
 * asks for it at each look-up, so at least once in every round of a loop, and offers no other place
 * at which a running program could be told to end.
 */
final class Scope {
  /** Ours first. */
  private static final String NAMES = "rezolus:felix:gogo:*";

  private volatile String cancelled;
  private volatile boolean ended;

  /**
   * Makes the running program fail at its next command.
   *
   * @param reason what its user is told
   */
  void cancel(String reason) {
    cancelled = reason;
  }

  /** Makes the running program and all after it fail. */
  void end(String reason) {
    ended = true;
    cancelled = reason;
  }

  /** Why the running program is to end; null where it is not. */
  String cancelled() {
    return cancelled;
  }

  /** Lets the next program run. */
  void renew() {
    if (!ended) {
      cancelled = null;
    }
  }

  /**
   * @throws CancelledException the program that asks is to end
   */
  @Override
  public String toString() {
    String reason = cancelled;
    if (reason != null) {
      throw new CancelledException(reason);
    }
    return NAMES;
  }

  /** Ends a program of the shell. */
  static final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CancelledException(String reason) {
      super(reason);
    }
  }
}

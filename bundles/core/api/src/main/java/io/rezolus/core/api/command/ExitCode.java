package io.rezolus.core.api.command;

/** Exit statuses of {@code rezolus}. */
public final class ExitCode {
  /** Success. */
  public static final int OK = 0;

  /** A configuration, an endpoint, a file or a tool failed; or a sampler is degraded or failed. */
  public static final int FAILURE = 1;

  /** Wrong use of the command line; also a second signal that cut a clean end short. */
  public static final int USAGE = 2;

  /** A defect of the program. */
  public static final int INTERNAL = 101;

  /** A wrapped command was killed because it outlived {@code --duration}. */
  public static final int TIMED_OUT = 124;

  /** Added to a signal's number when a wrapped command died from it. */
  public static final int SIGNAL_BASE = 128;

  private ExitCode() {}
}

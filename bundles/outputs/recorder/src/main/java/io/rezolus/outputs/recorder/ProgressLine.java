package io.rezolus.outputs.recorder;

import java.io.PrintStream;
import java.time.Duration;

/** Says how far a recording is: in one line that changes on a terminal, else every ten seconds. */
final class ProgressLine {
  private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private final boolean silent;
  private long lastShown = Long.MIN_VALUE / 2;
  private int width;

  private ProgressLine(PrintStream out, boolean terminal, boolean silent) {
    this.out = out;
    this.terminal = terminal;
    this.silent = silent;
  }

  static ProgressLine on(PrintStream out, boolean terminal) {
    return new ProgressLine(out, terminal, false);
  }

  /** Says nothing. */
  static ProgressLine none() {
    return new ProgressLine(System.err, false, true);
  }

  /**
   * @param elapsedNanos since the recording began
   * @param durationNanos planned; negative where it is open
   */
  void show(long elapsedNanos, long durationNanos, long samples) {
    if (silent || (!terminal && elapsedNanos - lastShown < PERIOD_NANOS)) {
      return;
    }
    lastShown = elapsedNanos;
    StringBuilder line = new StringBuilder("recording: ").append(seconds(elapsedNanos));
    if (durationNanos >= 0) {
      line.append(" elapsed, ").append(seconds(Math.max(0, durationNanos - elapsedNanos)));
      line.append(" remaining");
    }
    line.append(", ").append(samples).append(samples == 1 ? " sample" : " samples");
    if (terminal) {
      int length = line.length();
      line.append(" ".repeat(Math.max(0, width - length)));
      width = length;
      out.print("\r" + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** Leaves the line as it is and goes on below it. */
  void end() {
    if (width > 0) {
      out.println();
      width = 0;
    }
  }

  private static String seconds(long nanos) {
    return Math.round(nanos / 1e9) + " s";
  }
}

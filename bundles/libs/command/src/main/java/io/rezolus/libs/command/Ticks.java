package io.rezolus.libs.command;

/**
 * When samples are due, in nanoseconds since a start: the first an interval after the beginning of
 * the wall-clock second the start lies in, then at multiples of the interval. What is past by the
 * time is skipped.
 */
public final class Ticks {
  private final long interval;
  private long next;

  /**
   * @param intoSecond how far the wall-clock second had gone at the start
   */
  public Ticks(long interval, long intoSecond) {
    this.interval = interval;
    next = interval - intoSecond;
    if (next < 0) {
      skipTo(0);
    }
  }

  public long next() {
    return next;
  }

  /** Moves to the first tick after {@code now}. */
  public void skipTo(long now) {
    if (next <= now) {
      next += ((now - next) / interval + 1) * interval;
    }
  }
}

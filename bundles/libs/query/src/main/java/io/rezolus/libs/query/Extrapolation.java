package io.rezolus.libs.query;

/** Scales the change between the first and last sample of a window up to the whole window. */
final class Extrapolation {
  private static final double THRESHOLD = 1.1;

  private Extrapolation() {}

  /** Up to half the distance of rows, or to the start of the window if that is not far. */
  static double before(Window w) {
    long[] times = w.samples.times;
    // differences are taken before they become floats, which hold times to 256 ns only
    double average = (double) (times[w.to - 1] - times[w.from]) / (w.size() - 1);
    double toStart = times[w.from] - w.start;
    return toStart >= average * THRESHOLD ? average / 2 : toStart;
  }

  /** The same on the other side. */
  static double after(Window w) {
    long[] times = w.samples.times;
    // differences are taken before they become floats, which hold times to 256 ns only
    double average = (double) (times[w.to - 1] - times[w.from]) / (w.size() - 1);
    double toEnd = w.end - times[w.to - 1];
    return toEnd >= average * THRESHOLD ? average / 2 : toEnd;
  }

  /**
   * The factor.
   *
   * @param first value of the first sample, for the zero crossing of counters
   * @param change value being scaled
   */
  static double factor(
      Window w, boolean counter, boolean zeroAtStart, double first, double change) {
    Samples s = w.samples;
    long firstTime = s.times[w.from];
    long lastTime = s.times[w.to - 1];
    double sampled = lastTime - firstTime;
    double average = w.size() > 1 ? sampled / (w.size() - 1) : 0;
    double toStart = firstTime - w.start;
    double toEnd = w.end - lastTime;
    if (zeroAtStart) {
      sampled = lastTime - s.start(w.from);
      toStart = 0;
    } else {
      if (toStart >= average * THRESHOLD) {
        toStart = average / 2;
      }
      if (counter && change > 0 && first >= 0) {
        toStart = Math.min(toStart, sampled * (first / change));
      }
    }
    if (toEnd >= average * THRESHOLD) {
      toEnd = average / 2;
    }
    return (sampled + toStart + toEnd) / sampled;
  }
}

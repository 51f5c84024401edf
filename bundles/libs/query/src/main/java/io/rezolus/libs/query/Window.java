package io.rezolus.libs.query;

import java.util.Arrays;

/** A cursor over the rows of a series that fall into the range before each step. */
final class Window {
  final Samples samples;
  final long range;
  final Expr.Extension extension;
  private final Context context;
  private final StepGrid grid;
  private final boolean fixed;

  /** Distance of the window's end from the step, or the end itself if fixed. */
  private final long shift;

  /** Rows inside, {@code from} to before {@code to}. */
  int from;

  int to;

  /** Bounds of the window, left open. */
  long start;

  long end;

  /** Evaluation time of the step. */
  long time;

  Window(Evaluator eval, Timing timing, Samples samples, long range, Expr.Extension extension) {
    this.context = eval.context();
    this.grid = eval.grid();
    this.fixed = timing.at() != null;
    this.shift = context.reference(timing, 0);
    this.samples = samples;
    this.range = range;
    this.extension = extension;
  }

  boolean extended() {
    return extension != Expr.Extension.NONE;
  }

  /** Moves to a step; steps have to be visited in order for this to be quick. */
  void move(int step) {
    time = grid.time(step);
    if (step > 0 && fixed) {
      return;
    }
    long newEnd = fixed ? shift : time + shift;
    boolean forward = step > 0 && newEnd >= end;
    end = newEnd;
    start = end - range;
    if (!forward || range == 0) {
      from = samples.after(start);
      to = samples.after(end);
      return;
    }
    int limit = samples.size;
    long[] times = samples.times;
    if (grid.step() > range) {
      from = samples.after(start);
      to = samples.after(end);
    } else {
      while (from < limit && times[from] <= start) {
        from++;
      }
      while (to < limit && times[to] <= end) {
        to++;
      }
    }
  }

  int size() {
    return to - from;
  }

  long time(int i) {
    return samples.times[from + i];
  }

  double value(int i) {
    return samples.value(from + i);
  }

  NativeHistogram histogram(int i) {
    return samples.histogram(from + i);
  }

  boolean hasHistograms() {
    return count(true) > 0;
  }

  int floats() {
    return size() - count(true);
  }

  private int count(boolean histograms) {
    if (samples.histograms == null) {
      return 0;
    }
    int n = 0;
    for (int i = from; i < to; i++) {
      n += samples.histograms[i] != null ? 1 : 0;
    }
    return n;
  }

  /** The floats of the window in order. */
  double[] floatValues() {
    double[] out = new double[floats()];
    int n = 0;
    for (int i = 0; i < size(); i++) {
      if (histogram(i) == null) {
        out[n++] = value(i);
      }
    }
    return out;
  }

  /** The rows of the window on their own. */
  Samples copy() {
    if (extended()) {
      return ExtendedWindow.rows(this, context.options().lookbackNanos());
    }
    int n = size();
    if (samples.h2 != null) {
      return Samples.mixed(
          Arrays.copyOfRange(samples.times, from, to),
          new double[n],
          samples.h2.explicit(from, to),
          null);
    }
    long[] t = new long[n];
    double[] f = new double[n];
    NativeHistogram[] h = samples.histograms == null ? null : new NativeHistogram[n];
    for (int i = 0; i < n; i++) {
      t[i] = time(i);
      f[i] = value(i);
      if (h != null) {
        h[i] = histogram(i);
      }
    }
    return Samples.mixed(t, f, h, null);
  }

  long lookback() {
    return context.options().lookbackNanos();
  }
}

package io.rezolus.libs.query;

/** Regression and smoothing over a window. */
final class Trend {
  private Trend() {}

  private static long[] floatTimes(Window w) {
    long[] out = new long[w.floats()];
    int n = 0;
    for (int i = 0; i < w.size(); i++) {
      if (w.histogram(i) == null) {
        out[n++] = w.time(i);
      }
    }
    return out;
  }

  static void slope(RangeCall call, Window w, StepSeries out, int step) {
    OverTime.noteIgnored(call, w);
    double[] v = w.floatValues();
    if (v.length >= 2) {
      long[] t = floatTimes(w);
      out.set(step, Statistics.regression(t, v, t[0])[0]);
    }
  }

  static void predict(RangeCall call, Window w, StepSeries out, int step) {
    OverTime.noteIgnored(call, w);
    double[] v = w.floatValues();
    if (v.length >= 2) {
      double[] line = Statistics.regression(floatTimes(w), v, w.time);
      out.set(step, line[0] * call.scalar(1, step) + line[1]);
    }
  }

  /** Holt's linear method. */
  static void smooth(RangeCall call, Window w, StepSeries out, int step) {
    double sf = call.scalar(1, step);
    double tf = call.scalar(2, step);
    factor("smoothing", "sf", sf);
    factor("trend", "tf", tf);
    OverTime.noteIgnored(call, w);
    double[] v = w.floatValues();
    if (v.length < 2) {
      return;
    }
    double s0 = 0;
    double s1 = v[0];
    double b = v[1] - v[0];
    for (int i = 1; i < v.length; i++) {
      double x = sf * v[i];
      if (i > 1) {
        b = tf * (s1 - s0) + (1 - tf) * b;
      }
      double y = (1 - sf) * (s1 + b);
      s0 = s1;
      s1 = x + y;
    }
    out.set(step, s1);
  }

  private static void factor(String what, String name, double f) {
    if (!(f > 0 && f < 1)) {
      throw new QueryException(
          QueryException.Kind.EXECUTION,
          "invalid " + what + " factor. Expected: 0 < " + name + " < 1, got: " + Numbers.plain(f));
    }
  }
}

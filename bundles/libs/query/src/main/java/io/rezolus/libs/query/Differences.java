package io.rezolus.libs.query;

/** Functions of neighbouring samples. */
final class Differences {
  private Differences() {}

  /** Difference of the last two samples, per second and aware of restarts if a counter. */
  static RangeFunction instant(boolean counter) {
    return (call, w, out, step) -> {
      if (w.size() < 2) {
        return;
      }
      Samples s = w.samples;
      int i = w.to - 1;
      NativeHistogram a = s.histogram(i - 1);
      NativeHistogram b = s.histogram(i);
      double seconds = counter ? (s.times[i] - s.times[i - 1]) / 1e9 : 1;
      boolean restarted = counter && s.starts != null && StartTimes.reset(s, i);
      if (counter && s.starts != null && StartTimes.overlaps(s, i)) {
        call.warn(Notes.overlap(call.labels()));
      }
      if (a == null && b == null) {
        boolean reset = counter && (restarted || s.decreases(i));
        out.set(step, (reset ? s.value(i) : s.difference(i - 1, i)) / seconds);
      } else if (a == null || b == null) {
        call.warn(Notes.mixedTypes(call.labels()));
      } else if (!counter && a.isCustom() != b.isCustom()) {
        call.warn(Notes.mixedSchemas(call.labels()));
      } else {
        if (counter && (HistogramRate.isGauge(a) || HistogramRate.isGauge(b))) {
          call.warn(Notes.notCounter(call.labels()));
        } else if (!counter && !(HistogramRate.isGauge(a) && HistogramRate.isGauge(b))) {
          call.warn(Notes.notGauge(call.labels()));
        }
        NativeHistogram d = b;
        if (!counter || !restarted && !HistogramReset.between(a, b)) {
          d = HistogramRate.combine(call, b, a, false);
        }
        out.set(step, d.multiply(1 / seconds).with(NativeHistogram.Hint.GAUGE).compact());
      }
    };
  }

  /** Number of restarts, or of changes of the value. */
  static RangeFunction count(boolean resets) {
    return (call, w, out, step) -> {
      if (w.size() == 0) {
        return;
      }
      Samples s = w.samples;
      int from = w.extension == Expr.Extension.ANCHORED ? ExtendedWindow.first(w) : w.from;
      if (resets && s.histograms == null) {
        out.set(step, call.resets().count(from, w.to));
        return;
      }
      int n = 0;
      for (int i = from + 1; i < w.to; i++) {
        n += resets ? reset(s, i) : changed(s, i);
      }
      out.set(step, n);
    };
  }

  private static int reset(Samples s, int i) {
    NativeHistogram a = s.histogram(i - 1);
    NativeHistogram b = s.histogram(i);
    boolean reset = s.starts != null && StartTimes.reset(s, i);
    if (a == null && b == null) {
      reset |= s.decreases(i);
    } else {
      reset |= a == null || b == null || HistogramReset.between(a, b);
    }
    return reset ? 1 : 0;
  }

  private static int changed(Samples s, int i) {
    NativeHistogram a = s.histogram(i - 1);
    NativeHistogram b = s.histogram(i);
    if (a == null && b == null) {
      double x = s.value(i - 1);
      double y = s.value(i);
      return x == y || Double.isNaN(x) && Double.isNaN(y) ? 0 : 1;
    }
    return a == null || b == null || !a.sameAs(b) ? 1 : 0;
  }
}

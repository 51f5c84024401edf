package io.rezolus.libs.query;

/** Values between samples. */
final class Interpolation {
  private Interpolation() {}

  /** Sets the interpolated or carried forward value of an instant selector at one step. */
  static void set(
      StepSeries out,
      int step,
      Evaluator eval,
      Expr.VectorSelector at,
      Samples s,
      long time,
      long lookback) {
    int next = s.after(time);
    int left = next - 1;
    if (left < 0 || s.times[left] <= time - lookback) {
      return;
    }
    boolean between = s.times[left] < time && next < s.size && s.times[next] <= time + lookback;
    NativeHistogram a = s.histogram(left);
    NativeHistogram b = between ? s.histogram(next) : a;
    if (mixes(s, time - lookback, time + lookback)) {
      eval.notes().warn(at, Notes.mixedTypes(out.labels));
    } else if (a == null) {
      out.set(step, between ? number(s, left, next, time, counts(out.labels)) : s.value(left));
    } else if (!between) {
      out.set(step, a);
    } else {
      NativeHistogram h =
          histogram(a, b, weight(s, left, next, time), a.hint != NativeHistogram.Hint.GAUGE);
      if (h == null) {
        eval.notes().warn(at, Notes.mixedSchemas(out.labels));
      } else {
        out.set(step, h);
      }
    }
  }

  private static boolean mixes(Samples s, long from, long to) {
    if (s.histograms == null) {
      return false;
    }
    boolean floats = false;
    boolean histograms = false;
    for (int i = s.after(from); i < s.size && s.times[i] <= to; i++) {
      floats |= s.histograms[i] == null;
      histograms |= s.histograms[i] != null;
    }
    return floats && histograms;
  }

  private static boolean counts(Labels labels) {
    String name = labels.get(Labels.NAME);
    return labels.get(Labels.TYPE).equals("counter")
        || name.endsWith("_total")
        || name.endsWith("_sum")
        || name.endsWith("_count")
        || name.endsWith("_bucket");
  }

  static double weight(Samples s, int left, int right, long time) {
    return (double) (time - s.times[left]) / (s.times[right] - s.times[left]);
  }

  /** A decrease of a counter is taken as a restart from zero. */
  static double number(Samples s, int left, int right, long time, boolean counter) {
    double w = weight(s, left, right, time);
    double a = s.value(left);
    double b = s.value(right);
    return counter && b < a ? b * w : a + (b - a) * w;
  }

  /** Null when the schemas do not go together. */
  static NativeHistogram histogram(
      NativeHistogram a, NativeHistogram b, double w, boolean counter) {
    if (a.isCustom() != b.isCustom()) {
      return null;
    }
    if (counter && HistogramReset.between(a, b)) {
      return b.multiply(w);
    }
    NativeHistogram step = HistogramArithmetic.subtract(b, a).value().multiply(w);
    return HistogramArithmetic.add(a, step).value().with(a.hint);
  }
}

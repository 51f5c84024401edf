package io.rezolus.libs.query;

/** Change of a series of histograms between the first and the last row of a window. */
final class HistogramRate {
  private HistogramRate() {}

  /** Null, with an annotation, when the histograms do not go together. */
  static NativeHistogram change(RangeCall call, Window w, boolean counter, boolean zeroBefore) {
    Samples s = w.samples;
    NativeHistogram first = w.histogram(0);
    NativeHistogram last = w.histogram(w.size() - 1);
    boolean skipFirst = zeroBefore || counter && w.size() > 1 && reset(s, w.from + 1);
    for (int i = 0; i < w.size(); i++) {
      if (w.histogram(i).isCustom() != last.isCustom() && !(i == 0 && skipFirst)) {
        call.warn(Notes.mixedSchemas(call.labels()));
        return null;
      }
      if (counter && w.histogram(i).hint == NativeHistogram.Hint.GAUGE) {
        call.warn(Notes.notCounter(call.labels()));
      }
    }
    if (!counter && !(isGauge(first) && isGauge(last))) {
      call.warn(Notes.notGauge(call.labels()));
    }
    NativeHistogram sum = last.with(NativeHistogram.Hint.UNKNOWN);
    if (!skipFirst) {
      sum = combine(call, sum, first, false);
    }
    if (!counter) {
      return sum.compact();
    }
    for (int i = w.from + 1; i < w.to; i++) {
      if (reset(s, i) && (i > w.from + 1 || zeroBefore)) {
        sum = combine(call, sum, s.histogram(i - 1), true);
      }
    }
    return sum.compact();
  }

  private static boolean reset(Samples s, int i) {
    return HistogramReset.between(s.histogram(i - 1), s.histogram(i))
        || s.starts != null && StartTimes.reset(s, i);
  }

  static boolean isGauge(NativeHistogram h) {
    return h.hint == NativeHistogram.Hint.GAUGE;
  }

  static NativeHistogram combine(
      RangeCall call, NativeHistogram a, NativeHistogram b, boolean add) {
    NativeHistogram plain = b.with(NativeHistogram.Hint.UNKNOWN);
    HistogramArithmetic.Result r =
        add ? HistogramArithmetic.add(a, plain) : HistogramArithmetic.subtract(a, plain);
    if (r.reconciled()) {
      call.info(Notes.reconciled(add ? "addition" : "subtraction"));
    }
    return r.value();
  }
}

package io.rezolus.libs.query;

/** Change of a series over a window: rate, increase and delta. */
final class Rate implements RangeFunction {
  private final boolean counter;
  private final boolean perSecond;

  Rate(boolean counter, boolean perSecond) {
    this.counter = counter;
    this.perSecond = perSecond;
  }

  boolean isCounter() {
    return counter;
  }

  boolean perSecond() {
    return perSecond;
  }

  @Override
  public void apply(RangeCall call, Window w, StepSeries out, int step) {
    if (w.extended()) {
      ExtendedWindow.change(call, w, out, step, counter, perSecond);
      return;
    }
    Samples s = w.samples;
    boolean starts = counter && s.starts != null;
    boolean zero = starts && w.size() > 0 && StartTimes.zeroInside(w);
    if (w.size() < 2 && !zero) {
      return;
    }
    if (starts) {
      for (int i = w.from + 1; i < w.to; i++) {
        if (StartTimes.overlaps(s, i)) {
          call.warn(Notes.overlap(call.labels()));
        }
      }
    }
    double seconds = perSecond ? w.range / 1e9 : 1;
    if (s.histograms != null && w.hasHistograms()) {
      if (w.floats() > 0) {
        call.warn(Notes.mixedTypes(call.labels()));
        return;
      }
      NativeHistogram h = HistogramRate.change(call, w, counter, zero);
      if (h != null) {
        double factor = Extrapolation.factor(w, counter, zero, w.histogram(0).count, h.count);
        out.set(step, h.multiply(factor / seconds).with(NativeHistogram.Hint.GAUGE));
      }
      return;
    }
    double change = s.difference(w.from, w.to - 1);
    if (zero) {
      change += s.value(w.from);
    }
    if (counter) {
      change += call.resets().lost(s, w.from, w.to);
    }
    double factor = Extrapolation.factor(w, counter, zero, s.value(w.from), change);
    out.set(step, change * (factor / seconds));
  }
}

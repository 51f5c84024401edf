package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Windows whose edges are taken from samples outside: anchored and smoothed selectors. */
final class ExtendedWindow {
  private ExtendedWindow() {}

  /** Last row at or before the start of the window within the lookback, else the first inside. */
  static int first(Window w) {
    Samples s = w.samples;
    int before = w.from - 1;
    return before >= 0 && s.times[before] > w.start - w.lookback() ? before : w.from;
  }

  /** Last row inside, or the one after the end that a smoothed window interpolates to. */
  static int last(Window w) {
    Samples s = w.samples;
    int in = w.to - 1;
    boolean exact = in >= 0 && s.times[in] == w.end;
    boolean next =
        w.extension == Expr.Extension.SMOOTHED
            && !exact
            && w.to < s.size
            && s.times[w.to] <= w.end + w.lookback();
    return next ? w.to : in;
  }

  static void change(
      RangeCall call, Window w, StepSeries out, int step, boolean counter, boolean perSecond) {
    Samples s = w.samples;
    int first = first(w);
    int last = last(w);
    if (last < first || s.times[last] <= w.start || s.times[first] > w.end) {
      return;
    }
    double seconds = perSecond ? w.range / 1e9 : 1;
    int histograms = 0;
    for (int i = first; i <= last; i++) {
      histograms += s.histogram(i) != null ? 1 : 0;
    }
    if (histograms > 0 && histograms <= last - first) {
      call.warn(Notes.mixedTypes(call.labels()));
    } else if (histograms > 0) {
      NativeHistogram h = histogramChange(call, w, first, last, counter);
      if (h != null) {
        out.set(step, h.multiply(1 / seconds).with(NativeHistogram.Hint.GAUGE).compact());
      }
    } else {
      out.set(step, floatChange(w, first, last, counter) / seconds);
    }
  }

  static boolean interpolatesLeft(Window w, int first) {
    return w.extension == Expr.Extension.SMOOTHED && w.samples.times[first] < w.start;
  }

  static boolean interpolatesRight(Window w, int first, int last) {
    return w.samples.times[last] > w.end && last > first;
  }

  private static double left(Window w, int first, boolean counter) {
    return interpolatesLeft(w, first)
        ? Interpolation.number(w.samples, first, first + 1, w.start, counter)
        : w.samples.value(first);
  }

  private static double right(Window w, int first, int last, boolean counter) {
    return interpolatesRight(w, first, last)
        ? Interpolation.number(w.samples, last - 1, last, w.end, counter)
        : w.samples.value(last);
  }

  private static double floatChange(Window w, int first, int last, boolean counter) {
    if (w.samples.counters != null && last > first) {
      return counterChange(w, first, last, counter);
    }
    double left = left(w, first, counter);
    double right = right(w, first, last, counter);
    double sum = right - left;
    if (counter) {
      double previous = left;
      for (int i = first + 1; i < last; i++) {
        double v = w.samples.value(i);
        sum += v < previous ? previous : 0;
        previous = v;
      }
      sum += right < previous ? previous : 0;
    }
    return sum;
  }

  /** Sum of what the counter rose from row to row, of which the outermost count in part. */
  private static double counterChange(Window w, int first, int last, boolean counter) {
    Samples s = w.samples;
    double left =
        interpolatesLeft(w, first) ? Interpolation.weight(s, first, first + 1, w.start) : 0;
    double right =
        interpolatesRight(w, first, last) ? Interpolation.weight(s, last - 1, last, w.end) : 1;
    if (last == first + 1) {
      return rise(s, first, last, counter) * (right - left);
    }
    double sum = rise(s, first, first + 1, counter) * (1 - left);
    int from = first + 1;
    for (int i = from + 1; counter && i < last; i++) {
      if (s.decreases(i)) {
        sum += s.difference(from, i - 1) + s.value(i);
        from = i;
      }
    }
    return sum + s.difference(from, last - 1) + rise(s, last - 1, last, counter) * right;
  }

  private static double rise(Samples s, int from, int to, boolean counter) {
    return counter && s.decreases(to) ? s.value(to) : s.difference(from, to);
  }

  private static NativeHistogram histogramChange(
      RangeCall call, Window w, int first, int last, boolean counter) {
    Samples s = w.samples;
    NativeHistogram left = s.histogram(first);
    NativeHistogram right = s.histogram(last);
    boolean crossed = interpolatesLeft(w, first);
    if (crossed) {
      left =
          Interpolation.histogram(
              left,
              s.histogram(first + 1),
              Interpolation.weight(s, first, first + 1, w.start),
              counter);
    }
    if (interpolatesRight(w, first, last)) {
      NativeHistogram before = s.histogram(last - 1);
      NativeHistogram after = right;
      right =
          Interpolation.histogram(
              before, after, Interpolation.weight(s, last - 1, last, w.end), counter);
      boolean reset = counter && right != null && HistogramReset.between(before, after);
      right =
          right == null
              ? null
              : right.with(reset ? NativeHistogram.Hint.RESET : NativeHistogram.Hint.NOT_RESET);
    }
    boolean mixed = left == null || right == null;
    for (int i = first; i <= last; i++) {
      mixed |= s.histogram(i).isCustom() != s.histogram(first).isCustom();
      if (counter && HistogramRate.isGauge(s.histogram(i))) {
        call.warn(Notes.notCounter(call.labels()));
      }
    }
    if (mixed) {
      call.warn(Notes.mixedSchemas(call.labels()));
      return null;
    }
    if (!counter
        && !(HistogramRate.isGauge(s.histogram(first))
            && HistogramRate.isGauge(s.histogram(last)))) {
      call.warn(Notes.notGauge(call.labels()));
    }
    NativeHistogram sum =
        HistogramRate.combine(call, right.with(NativeHistogram.Hint.UNKNOWN), left, false);
    if (!counter || crossed && last == first + 1 || first == last) {
      return sum;
    }
    NativeHistogram previous = left;
    for (int i = first + 1; i < last; i++) {
      boolean known = crossed && i == first + 1;
      if (!known && HistogramReset.between(previous, s.histogram(i))) {
        sum = HistogramRate.combine(call, sum, previous, true);
      }
      previous = s.histogram(i);
    }
    return HistogramReset.between(previous, right)
        ? HistogramRate.combine(call, sum, previous, true)
        : sum;
  }

  /** The floats of a bare extended selector: one at each edge and those between. */
  static Samples rows(Window w, long lookback) {
    Samples s = w.samples;
    int first = first(w);
    int last = last(w);
    List<double[]> rows = new ArrayList<>();
    if (last >= first && s.times[last] > w.start && s.times[first] <= w.end) {
      rows.add(new double[] {w.start, left(w, first, false)});
      for (int i = w.from; i < w.to; i++) {
        if (s.times[i] < w.end) {
          rows.add(new double[] {s.times[i], s.value(i)});
        }
      }
      rows.add(new double[] {w.end, right(w, first, last, false)});
    }
    return Samples.gauges(
        rows.stream().mapToLong(r -> (long) r[0]).toArray(),
        rows.stream().mapToDouble(r -> r[1]).toArray());
  }
}

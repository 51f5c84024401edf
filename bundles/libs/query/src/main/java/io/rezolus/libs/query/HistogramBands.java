package io.rezolus.libs.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bounds of what is read from H2 histograms, which know a value only by its bucket. */
final class HistogramBands {
  private final Evaluator eval;
  private final Expr.Call call;

  HistogramBands(Evaluator eval, Expr.Call call) {
    this.eval = eval;
    this.call = call;
  }

  /** For histogram_quantile: the bucket that the quantile is the upper edge of. */
  Map<Labels, Band> quantile() {
    return buckets(H2Functions.argument(eval, call.args().get(1)), "");
  }

  /** The same for several quantiles, told apart by a label. */
  Map<Labels, Band> quantiles() {
    int vector = 0;
    while (call.args().get(vector).type() == ValueType.SCALAR) {
      vector++;
    }
    List<StepSeries> series =
        vector == 0
            ? H2Functions.argument(eval, call.args().get(0))
            : Strides.argument(eval, call, vector);
    return buckets(series, vector == 0 ? eval.text(call.args().get(1)) : "quantile");
  }

  private Map<Labels, Band> buckets(List<StepSeries> arguments, String label) {
    Map<Labels, StepSeries> histograms = new HashMap<>();
    for (StepSeries s : arguments) {
      if (s.h2 != null) {
        histograms.put(without(s.labels, label), s);
      }
    }
    Map<Labels, Band> out = new HashMap<>();
    if (histograms.isEmpty()) {
      return out;
    }
    for (StepSeries s : eval.vector(call)) {
      StepSeries h = histograms.get(without(s.labels, label));
      if (h == null) {
        continue;
      }
      Band band = Band.unknown(eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (s.isFloat(t) && h.isH2(t) && s.values[t] >= 0 && Double.isFinite(s.values[t])) {
          band.set(t, H2Rows.bucketStart(h.h2.config, s.values[t]), s.values[t]);
        }
      }
      out.put(s.labels, band);
    }
    return out;
  }

  /** For histogram_fraction: none or all of the values of a bucket that is cut lie inside. */
  Map<Labels, Band> fractions() {
    Map<Labels, Band> out = new HashMap<>();
    double[] from = eval.scalar(call.args().get(0));
    double[] to = eval.scalar(call.args().get(1));
    for (StepSeries s : H2Functions.argument(eval, call.args().get(2))) {
      if (s.h2 == null) {
        continue;
      }
      double[] lowers = s.h2.lowers();
      double[] uppers = s.h2.uppers();
      Band band = Band.unknown(eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (s.isH2(t) && from[t] < to[t]) {
          fraction(band, t, s.h2, lowers, uppers, from[t], to[t]);
        }
      }
      out.put(s.labels, band);
    }
    return out;
  }

  private static void fraction(
      Band band, int step, H2Steps h, double[] lowers, double[] uppers, double from, double to) {
    double inside = 0;
    double touched = 0;
    double total = 0;
    for (int k = 0; k < lowers.length; k++) {
      double count = h.counts[step * lowers.length + k];
      if (count < 0) {
        return; // a difference of histograms, whose fractions mean nothing
      }
      total += count;
      inside += lowers[k] > from && uppers[k] <= to ? count : 0;
      touched += uppers[k] > from && lowers[k] <= to ? count : 0;
    }
    if (total > 0) {
      band.set(step, inside / total, touched / total);
    }
  }

  private static Labels without(Labels labels, String label) {
    return label.isEmpty() ? labels : labels.with(label, "");
  }

  /** For sums and means of values: all values at the edges of their buckets. */
  Map<Labels, Band> sums(boolean mean) {
    Map<Labels, Band> out = new HashMap<>();
    for (StepSeries s : Strides.argument(eval, call, 0)) {
      if (s.h2 == null) {
        continue;
      }
      double[] lowers = s.h2.lowers();
      double[] uppers = s.h2.uppers();
      Band band = Band.unknown(eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        double by = mean ? s.h2.total(t) : 1;
        if (s.isH2(t) && by > 0) {
          set(band, t, s.h2, lowers, uppers, by);
        }
      }
      out.put(s.labels, band);
    }
    return out;
  }

  private static void set(
      Band band, int step, H2Steps h, double[] lowers, double[] uppers, double by) {
    double low = 0;
    double high = 0;
    for (int k = 0; k < lowers.length; k++) {
      // what was subtracted has the lesser sum at its upper edge
      double count = h.counts[step * lowers.length + k];
      low += count * (count < 0 ? uppers[k] : lowers[k]);
      high += count * (count < 0 ? lowers[k] : uppers[k]);
    }
    band.set(step, low / by, high / by);
  }
}

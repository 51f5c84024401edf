package io.rezolus.libs.query;

import java.util.function.ToDoubleFunction;

/** Functions of the floats of a window. */
final class OverTime {
  private OverTime() {}

  /** Histograms are ignored, with an info when there were floats as well. */
  static RangeFunction floats(ToDoubleFunction<double[]> f) {
    return (call, w, out, step) -> {
      double[] v = w.floatValues();
      if (v.length > 0) {
        noteIgnored(call, w);
        out.set(step, f.applyAsDouble(v));
      }
    };
  }

  static void noteIgnored(RangeCall call, Window w) {
    if (w.hasHistograms() && w.floats() > 0) {
      call.info(Notes.ignoredHistograms(call.labels()));
    }
  }

  static double min(double[] v) {
    double m = Double.NaN;
    for (double d : v) {
      m = d < m || Double.isNaN(m) ? d : m;
    }
    return m;
  }

  static double max(double[] v) {
    double m = Double.NaN;
    for (double d : v) {
      m = d > m || Double.isNaN(m) ? d : m;
    }
    return m;
  }

  /** Median of the distances from the median. */
  static double deviation(double[] v) {
    if (java.util.Arrays.stream(v).anyMatch(Double::isNaN)) {
      return Double.NaN;
    }
    double median = Statistics.quantile(0.5, v);
    return Statistics.quantile(
        0.5, java.util.Arrays.stream(v).map(d -> Math.abs(d - median)).toArray());
  }

  static void quantile(RangeCall call, Window w, StepSeries out, int step) {
    double q = call.scalar(0, step);
    double[] v = w.floatValues();
    if (v.length == 0) {
      return;
    }
    noteIgnored(call, w);
    out.set(step, Statistics.quantile(q, v));
  }

  /** Sum or mean of floats or of histograms; a mix of both gives nothing but a warning. */
  static RangeFunction total(boolean mean) {
    return (call, w, out, step) -> {
      if (!w.hasHistograms()) {
        double[] v = w.floatValues();
        out.set(step, mean ? Statistics.mean(v) : Statistics.sum(v));
      } else if (w.floats() > 0) {
        call.warn(Notes.mixedTypes(call.labels()));
      } else {
        histogramTotal(call, w, out, step, mean);
      }
    };
  }

  private static void histogramTotal(
      RangeCall call, Window w, StepSeries out, int step, boolean mean) {
    HistogramSum sum = new HistogramSum();
    for (int i = 0; i < w.size(); i++) {
      sum.add(w.histogram(i));
    }
    if (sum.collision()) {
      call.warn(Notes.collision("aggregation"));
    }
    if (sum.reconciled()) {
      call.info(Notes.reconciled("aggregation"));
    }
    if (sum.incompatible()) {
      call.warn(Notes.mixedSchemas(call.labels()));
    } else {
      out.set(step, mean ? sum.mean() : sum.sum());
    }
  }

  /** Time of the first, last, smallest or largest sample, in seconds. */
  static RangeFunction timeOf(String which) {
    return (call, w, out, step) -> {
      int at = -1;
      for (int i = 0; i < w.size(); i++) {
        boolean any = which.equals("first") || which.equals("last");
        if (!any && w.histogram(i) != null) {
          continue;
        }
        boolean better =
            at < 0
                || switch (which) {
                  case "first" -> false;
                  case "last" -> true;
                  case "min" -> w.value(i) <= w.value(at) || Double.isNaN(w.value(at));
                  default -> w.value(i) >= w.value(at) || Double.isNaN(w.value(at));
                };
        at = better ? i : at;
      }
      if (at >= 0) {
        if (which.equals("min") || which.equals("max")) {
          noteIgnored(call, w);
        }
        out.set(step, w.time(at) / 1e9);
      }
    };
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Functions of H2 histograms, each step on its own. */
final class H2Functions {
  /** Rounding that scaled counts may have gathered. */
  private static final double SLACK = 1 - 1e-12;

  /** A number from the histogram of a step; NaN for no point. */
  interface Reading {
    double at(H2Steps h, int step);
  }

  private H2Functions() {}

  /**
   * The value of a histogram function's argument. H2 selectors that are not told which time they
   * cover give what was counted since the step before.
   */
  static List<StepSeries> argument(Evaluator e, Expr at) {
    return argument(e, at, H2Interval.of(e));
  }

  static List<StepSeries> argument(Evaluator e, Expr at, long interval) {
    return H2Interval.applies(at)
        ? e.withIntervals(new H2Interval(interval)).vector(at)
        : e.withIntervals(null).vector(at);
  }

  /** One number a step of every H2 element. */
  static void read(
      Evaluator e,
      List<StepSeries> series,
      String label,
      String value,
      Reading f,
      List<StepSeries> out) {
    for (StepSeries s : series) {
      if (s.h2 == null) {
        continue;
      }
      Labels labels = label == null ? s.labels : s.labels.with(label, value);
      StepSeries r = new StepSeries(labels, true, e.steps());
      for (int t = 0; t < e.steps(); t++) {
        e.context().budget().checkAt(t);
        if (s.isH2(t)) {
          double v = f.at(s.h2, t);
          if (!Double.isNaN(v)) {
            r.set(t, v);
          }
        }
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
    }
  }

  /**
   * The largest value of the bucket at which the running count reaches the quantile's share; of
   * whole counts at least one.
   */
  static double quantile(H2Steps h, int step, double q) {
    double total = h.total(step);
    if (!(total > 0) || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double rank = total == Math.rint(total) ? Math.max(1, Math.ceil(q * total)) : q * total * SLACK;
    double seen = 0;
    int last = -1;
    int at = step * h.width();
    for (int k = 0; k < h.width(); k++) {
      double c = h.counts[at + k];
      if (c > 0) {
        last = k;
        seen += c;
        if (seen >= rank) {
          break;
        }
      }
    }
    return H2Rows.unsigned(h.config.upper(h.buckets[last]));
  }

  /** Share of the values in {@code (lower, upper]}; a bucket's values count as spread evenly. */
  static double fraction(H2Steps h, int step, double lower, double upper) {
    double total = h.total(step);
    if (!(total > 0) || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (upTo(h, step, upper) - upTo(h, step, lower)) / total;
  }

  private static double upTo(H2Steps h, int step, double value) {
    double v = Math.floor(value);
    double sum = 0;
    for (int k = 0; k < h.width(); k++) {
      double low = H2Rows.unsigned(h.config.lower(h.buckets[k]));
      double high = H2Rows.unsigned(h.config.upper(h.buckets[k]));
      double c = h.counts[step * h.width() + k];
      if (high <= v) {
        sum += c;
      } else if (low <= v) {
        sum += c * (v - low + 1) / (high - low + 1);
      }
    }
    return sum;
  }

  /** Sum of the values, each taken as the middle of its bucket. */
  static double sum(H2Steps h, int step, double[] middles) {
    double sum = 0;
    for (int k = 0; k < middles.length; k++) {
      sum += h.counts[step * middles.length + k] * middles[k];
    }
    return sum;
  }

  static double variance(H2Steps h, int step, double[] middles) {
    double total = h.total(step);
    if (!(total > 0)) {
      return Double.NaN;
    }
    double mean = sum(h, step, middles) / total;
    double squares = 0;
    for (int k = 0; k < middles.length; k++) {
      double d = middles[k] - mean;
      squares += h.counts[step * middles.length + k] * d * d;
    }
    return squares / total;
  }

  /** A reading by the name of its function. */
  static Reading reading(String function, H2Steps h) {
    double[] m = h.middles();
    return switch (function) {
      case "histogram_count", "histogram_irate" -> (s, t) -> s.total(t);
      case "histogram_sum" -> (s, t) -> sum(s, t, m);
      case "histogram_avg", "histogram_mean" ->
          (s, t) -> s.total(t) > 0 ? sum(s, t, m) / s.total(t) : Double.NaN;
      case "histogram_stdvar" -> (s, t) -> variance(s, t, m);
      case "histogram_stddev" -> (s, t) -> Math.sqrt(variance(s, t, m));
      default -> throw new IllegalStateException(function);
    };
  }

  /** Appends the readings of all H2 elements. */
  static void read(Evaluator e, List<StepSeries> series, String function, List<StepSeries> out) {
    List<StepSeries> one = new ArrayList<>(1);
    for (StepSeries s : series) {
      if (s.h2 != null) {
        one.clear();
        one.add(s);
        read(e, one, null, "", reading(function, s.h2), out);
      }
    }
  }
}

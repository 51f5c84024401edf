package io.rezolus.libs.query;

import java.util.HashMap;
import java.util.Map;

/**
 * Works out how uncertain the elements of an expression are, beside their evaluation and without
 * any influence on it. Rates get bounds from the acquisition windows of the samples at their edges,
 * quantiles, sums and means of H2 histograms from their buckets; signs, arithmetic, sums and means
 * pass bounds on, and so does what only selects elements. Anything else has none.
 */
final class Bands {
  private final Evaluator eval;
  private final SharedWindows shared;

  Bands(Evaluator eval) {
    this(eval, null);
  }

  private Bands(Evaluator eval, SharedWindows shared) {
    this.eval = eval;
    this.shared = shared;
  }

  /**
   * The same for operands that are computed with each other.
   *
   * @param windows null where they are of one acquisition
   */
  Bands within(SharedWindows windows) {
    return windows == null || shared != null ? this : new Bands(eval, windows);
  }

  /** Bounds by the labels of the elements, over all steps; those of unknown elements are absent. */
  Map<Labels, Band> of(Expr e) {
    if (e instanceof Expr.Paren p) {
      return of(p.expr());
    } else if (e instanceof Expr.Unary u) {
      return u.minus() ? negated(of(u.expr())) : of(u.expr());
    } else if (e instanceof Expr.Call c) {
      return call(c);
    } else if (e instanceof Expr.Aggregate a) {
      boolean sums = a.op() == AggregateOp.SUM || a.op() == AggregateOp.AVG;
      return sums ? totals(a) : a.op().selects() ? of(a.expr()) : Map.of();
    } else if (e instanceof Expr.Binary b) {
      return binary(b);
    }
    return Map.of();
  }

  private Map<Labels, Band> call(Expr.Call c) {
    return switch (c.function().name()) {
      case "rate", "irate", "increase" -> RateBands.of(eval, c, shared);
      case "histogram_quantile" -> new HistogramBands(eval, c).quantile();
      case "histogram_quantiles", "histogram_percentiles" ->
          new HistogramBands(eval, c).quantiles();
      case "histogram_sum" -> new HistogramBands(eval, c).sums(false);
      case "histogram_avg", "histogram_mean" -> new HistogramBands(eval, c).sums(true);
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" -> of(c.args().get(0));
      default -> Map.of();
    };
  }

  private static Map<Labels, Band> negated(Map<Labels, Band> bands) {
    for (Band band : bands.values()) {
      for (int t = 0; t < band.lower().length; t++) {
        band.set(t, -band.lower()[t], -band.upper()[t]);
      }
    }
    return bands;
  }

  private Map<Labels, Band> binary(Expr.Binary b) {
    boolean left = b.left().type() == ValueType.SCALAR;
    if (left != (b.right().type() == ValueType.SCALAR)) {
      return arithmetic(b, left);
    }
    if (left || b.op() == BinaryOp.OR) {
      return Map.of();
    }
    return b.op().isSet() ? of(b.left()) : new PairBands(eval, b).of(this);
  }

  private Map<Labels, Band> arithmetic(Expr.Binary b, boolean scalarLeft) {
    boolean filters = b.op().isComparison() && !b.bool();
    if (!filters && !BandArithmetic.knows(b.op())) {
      return Map.of();
    }
    Map<Labels, Band> bands = of(scalarLeft ? b.right() : b.left());
    if (filters || bands.isEmpty()) {
      return bands;
    }
    double[] scalar = eval.scalar(scalarLeft ? b.left() : b.right());
    for (Band band : bands.values()) {
      for (int t = 0; t < scalar.length; t++) {
        double low = band.lower()[t];
        double high = band.upper()[t];
        double n = scalar[t];
        if (scalarLeft) {
          BandArithmetic.apply(b.op(), n, n, low, high, band, t);
        } else {
          BandArithmetic.apply(b.op(), low, high, n, n, band, t);
        }
      }
    }
    return bands;
  }

  /** Sums and means; members without bounds count as exact. */
  private Map<Labels, Band> totals(Expr.Aggregate a) {
    Map<Labels, Band> members = of(a.expr());
    if (members.isEmpty()) {
      return members;
    }
    Map<Labels, Band> out = new HashMap<>();
    Map<Labels, int[]> counts = new HashMap<>();
    Map<Labels, boolean[]> known = new HashMap<>();
    for (StepSeries s : eval.vector(a.expr())) {
      Labels key = Aggregation.key(a, s.labels);
      Band member = members.get(s.labels);
      Band total =
          out.computeIfAbsent(
              key, k -> new Band(new double[eval.steps()], new double[eval.steps()]));
      int[] count = counts.computeIfAbsent(key, k -> new int[eval.steps()]);
      boolean[] any = known.computeIfAbsent(key, k -> new boolean[eval.steps()]);
      for (int t = 0; t < eval.steps(); t++) {
        if (s.isFloat(t)) {
          boolean has = member != null && member.has(t);
          total.lower()[t] += has ? member.lower()[t] : s.values[t];
          total.upper()[t] += has ? member.upper()[t] : s.values[t];
          any[t] |= has;
          count[t]++;
        }
      }
    }
    out.forEach(
        (key, total) -> {
          boolean[] any = known.get(key);
          int[] count = counts.get(key);
          for (int t = 0; t < any.length; t++) {
            double by = !any[t] ? Double.NaN : a.op() == AggregateOp.AVG ? count[t] : 1;
            total.set(t, total.lower()[t] / by, total.upper()[t] / by);
          }
        });
    return out;
  }
}

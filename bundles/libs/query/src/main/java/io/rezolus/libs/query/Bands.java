package io.rezolus.libs.query;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Works out how uncertain the elements of an expression are, beside their evaluation and without
 * any influence on it. Rates get bounds from the acquisition windows of the samples at their edges,
 * quantiles, fractions, sums and means of H2 histograms from their buckets. What rises with its
 * operands passes bounds on, as do arithmetic and what only selects elements. Anything else has
 * none.
 */
final class Bands {
  /** What is as exact as counting is, whatever it counts. */
  private static final Set<String> EXACT =
      Set.of(
          "count",
          "group",
          "count_over_time",
          "present_over_time",
          "absent",
          "absent_over_time",
          "timestamp",
          "histogram_count");

  private static final Set<String> HISTOGRAMS =
      Set.of(
          "histogram_quantile",
          "histogram_quantiles",
          "histogram_percentiles",
          "histogram_fraction",
          "histogram_sum",
          "histogram_avg",
          "histogram_mean");

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
      return aggregate(a);
    } else if (e instanceof Expr.Binary b) {
      return binary(b);
    }
    return Map.of();
  }

  private Map<Labels, Band> aggregate(Expr.Aggregate a) {
    if (a.op().selects()) {
      return of(a.expr());
    }
    return GroupBands.handles(a.op())
        ? new GroupBands(eval, a, of(a.expr())).of()
        : none(a, a.op().text);
  }

  /** Tells what passes no bounds on, where there may be any. */
  private Map<Labels, Band> none(Expr e, String what) {
    if (!EXACT.contains(what) && ExprTree.children(e).stream().anyMatch(Bands::mayHave)) {
      eval.notes().info(e, "bounds of uncertainty are not known behind " + what);
    }
    return Map.of();
  }

  private static boolean mayHave(Expr e) {
    boolean source =
        e instanceof Expr.Call c
            && (RateBands.selector(c) != null || HISTOGRAMS.contains(c.function().name()));
    return source || ExprTree.children(e).stream().anyMatch(Bands::mayHave);
  }

  private Map<Labels, Band> call(Expr.Call c) {
    if (OverTimeBands.handles(c)) {
      return new OverTimeBands(eval, c).of(shared);
    }
    if (ElementBands.handles(c)) {
      return ElementBands.of(eval, c, of(c.args().get(0)));
    }
    return switch (c.function().name()) {
      case "rate", "irate", "increase" -> RateBands.of(eval, c, shared);
      case "histogram_quantile" -> new HistogramBands(eval, c).quantile();
      case "histogram_quantiles", "histogram_percentiles" ->
          new HistogramBands(eval, c).quantiles();
      case "histogram_fraction" -> new HistogramBands(eval, c).fractions();
      case "histogram_sum" -> new HistogramBands(eval, c).sums(false);
      case "histogram_avg", "histogram_mean" -> new HistogramBands(eval, c).sums(true);
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" -> of(c.args().get(0));
      default -> none(c, c.function().name());
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
    if (left) {
      return Map.of();
    }
    if (b.op() == BinaryOp.OR) {
      return union(b);
    }
    if (b.op().isSet()) {
      return of(b.left());
    }
    return PairBands.handles(b) ? new PairBands(eval, b).of(this) : none(b, b.op().text);
  }

  private Map<Labels, Band> arithmetic(Expr.Binary b, boolean scalarLeft) {
    boolean filters = b.op().isComparison() && !b.bool();
    if (!filters && !BandArithmetic.knows(b.op())) {
      return none(b, b.op().text);
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

  /** Elements of the left, and of the right where the left has none. */
  private Map<Labels, Band> union(Expr.Binary b) {
    Map<Labels, Band> left = of(b.left());
    Map<Labels, Band> right = of(b.right());
    if (left.isEmpty() && right.isEmpty()) {
      return Map.of();
    }
    Map<Labels, Band> out = new HashMap<>(right);
    for (StepSeries s : eval.vector(b.left())) {
      Band known = left.getOrDefault(s.labels, Band.unknown(eval.steps()));
      Band other = right.get(s.labels);
      for (int t = 0; other != null && t < eval.steps(); t++) {
        if (!s.present[t]) {
          known.set(t, other.lower()[t], other.upper()[t]);
        }
      }
      out.put(s.labels, known);
    }
    return out;
  }
}

package io.rezolus.libs.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Works out how uncertain the elements of an expression are, beside their evaluation and without
 * any influence on it. Rates get bounds from the acquisition windows of the samples at their edges,
 * quantiles of H2 histograms from the bucket that holds them; signs, arithmetic with scalars, sums
 * and means pass bounds on, anything else has none.
 */
final class Bands {
  private final Evaluator eval;

  Bands(Evaluator eval) {
    this.eval = eval;
  }

  /** Bounds by the labels of the elements, over all steps; those of unknown elements are absent. */
  Map<Labels, Band> of(Expr e) {
    if (e instanceof Expr.Paren p) {
      return of(p.expr());
    } else if (e instanceof Expr.Unary u) {
      return u.minus() ? scaled(of(u.expr()), eval.constant(-1).values()) : of(u.expr());
    } else if (e instanceof Expr.Call c) {
      return switch (c.function().name()) {
        case "rate", "irate", "increase" -> RateBands.of(eval, c);
        case "histogram_quantile" -> quantiles(c);
        default -> Map.of();
      };
    } else if (e instanceof Expr.Aggregate a) {
      boolean sums = a.op() == AggregateOp.SUM || a.op() == AggregateOp.AVG;
      return sums ? totals(a) : Map.of();
    } else if (e instanceof Expr.Binary b) {
      boolean left = b.left().type() == ValueType.SCALAR;
      if (left != (b.right().type() == ValueType.SCALAR)) {
        return arithmetic(b, left);
      }
    }
    return Map.of();
  }

  private Map<Labels, Band> scaled(Map<Labels, Band> bands, double[] by) {
    bands.values().forEach(band -> shift(band, (v, t) -> v * by[t]));
    return bands;
  }

  private interface Step {
    double at(double value, int step);
  }

  private static void shift(Band band, Step f) {
    for (int t = 0; t < band.lower().length; t++) {
      if (band.has(t)) {
        band.set(t, f.at(band.lower()[t], t), f.at(band.upper()[t], t));
      }
    }
  }

  private Map<Labels, Band> arithmetic(Expr.Binary b, boolean scalarLeft) {
    Map<Labels, Band> bands = of(scalarLeft ? b.right() : b.left());
    if (bands.isEmpty()) {
      return bands;
    }
    double[] scalar = eval.scalar(scalarLeft ? b.left() : b.right());
    switch (b.op()) {
      case ADD, SUB, MUL -> {}
      case DIV -> {
        if (scalarLeft) {
          bands.values().forEach(Bands::dropZero);
        }
      }
      default -> {
        return Map.of();
      }
    }
    for (Band band : bands.values()) {
      shift(band, (v, t) -> scalarLeft ? b.op().apply(scalar[t], v) : b.op().apply(v, scalar[t]));
    }
    return bands;
  }

  /** What may be zero bounds nothing that is divided by it. */
  private static void dropZero(Band divisor) {
    for (int t = 0; t < divisor.lower().length; t++) {
      if (divisor.lower()[t] <= 0 && divisor.upper()[t] >= 0) {
        divisor.set(t, Double.NaN, Double.NaN);
      }
    }
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

  /** The bucket that a quantile lies in; the quantile is its upper edge. */
  private Map<Labels, Band> quantiles(Expr.Call c) {
    Map<Labels, StepSeries> histograms = new HashMap<>();
    List<StepSeries> arguments = H2Functions.argument(eval, c.args().get(1));
    arguments.stream().filter(s -> s.h2 != null).forEach(s -> histograms.put(s.labels, s));
    Map<Labels, Band> out = new HashMap<>();
    if (histograms.isEmpty()) {
      return out;
    }
    for (StepSeries s : eval.vector(c)) {
      StepSeries h = histograms.get(s.labels);
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
}

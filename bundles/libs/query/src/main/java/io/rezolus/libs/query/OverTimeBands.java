package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Bounds of functions over a subquery that never fall when one of its samples rises. */
final class OverTimeBands {
  private static final Set<String> NAMES =
      Set.of(
          "sum_over_time",
          "avg_over_time",
          "min_over_time",
          "max_over_time",
          "first_over_time",
          "last_over_time",
          "quantile_over_time");

  private final Evaluator eval;
  private final Expr.Call call;
  private final int at;

  OverTimeBands(Evaluator eval, Expr.Call call) {
    this.eval = eval;
    this.call = call;
    this.at = call.args().size() - 1;
  }

  /** Whether a call is of this kind; the samples of a selector itself have no bounds. */
  static boolean handles(Expr.Call call) {
    return NAMES.contains(call.function().name())
        && ExprTree.bare(call.args().get(call.args().size() - 1)) instanceof Expr.Subquery;
  }

  /**
   * By the labels of the series.
   *
   * @param shared when what it is computed with was read; null when that is no question
   */
  Map<Labels, Band> of(SharedWindows shared) {
    Map<Labels, Band> out = new HashMap<>();
    Expr.Subquery s = (Expr.Subquery) ExprTree.bare(call.args().get(at));
    StepGrid grid = SubqueryInput.grid(eval, s);
    if (grid == null) {
      return out;
    }
    Evaluator inner = new Evaluator(eval.context(), grid);
    Map<Labels, Band> bands = new Bands(inner).within(shared).of(s.expr());
    if (bands.isEmpty()) {
      return out;
    }
    long range = eval.context().positive(s.range());
    double[] parameter = at == 0 ? null : eval.scalar(call.args().get(0));
    for (StepSeries series : inner.vector(s.expr())) {
      Band known = bands.get(series.labels);
      Band rows = known == null ? null : known.rows(series.present, series.values);
      if (rows != null && series.histograms == null && series.h2 == null) {
        Samples samples = SubqueryInput.samples(series, grid.times());
        Window w = new Window(eval, s.timing(), samples, range, Expr.Extension.NONE);
        out.put(series.labels, band(w, rows, parameter));
      }
    }
    return out;
  }

  private Band band(Window w, Band rows, double[] parameter) {
    Band out = Band.unknown(eval.steps());
    for (int t = 0; t < eval.steps(); t++) {
      eval.context().budget().checkAt(t);
      w.move(t);
      double[] low = Arrays.copyOfRange(rows.lower(), w.from, w.to);
      double[] high = Arrays.copyOfRange(rows.upper(), w.from, w.to);
      boolean any = false;
      for (int i = 0; i < low.length; i++) {
        boolean has = !Double.isNaN(low[i]);
        any |= has;
        low[i] = has ? low[i] : w.value(i);
        high[i] = has ? high[i] : w.value(i);
      }
      if (any) {
        ToDoubleFunction<double[]> f = function(parameter == null ? 0 : parameter[t]);
        out.set(t, f.applyAsDouble(low), f.applyAsDouble(high));
      }
    }
    return out;
  }

  private ToDoubleFunction<double[]> function(double parameter) {
    return switch (call.function().name()) {
      case "sum_over_time" -> Statistics::sum;
      case "avg_over_time" -> Statistics::mean;
      case "min_over_time" -> OverTime::min;
      case "max_over_time" -> OverTime::max;
      case "first_over_time" -> v -> v[0];
      case "last_over_time" -> v -> v[v.length - 1];
      default -> v -> Statistics.quantile(parameter, v);
    };
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Evaluates the inside of a subquery on its own steps. */
final class SubqueryInput {
  private SubqueryInput() {}

  /** The steps of a subquery; null when there are none. */
  static StepGrid grid(Evaluator eval, Expr.Subquery s) {
    Context c = eval.context();
    long range = c.positive(s.range());
    long step = s.step() == null ? c.options().subqueryStepNanos() : c.positive(s.step());
    long first = c.reference(s.timing(), eval.grid().start());
    long last = c.reference(s.timing(), eval.grid().last());
    long start = (Math.floorDiv(first - range, step) + 1) * step;
    if (start > last) {
      return null;
    }
    if ((last - start) / step > c.options().maxSamples()) {
      throw new QueryException(
          QueryException.Kind.LIMIT, "subquery has too many steps, use a larger one");
    }
    return StepGrid.range(start, last, step);
  }

  static RangeInput of(Evaluator eval, Expr.Subquery s) {
    Context c = eval.context();
    long range = c.positive(s.range());
    List<RangeInput.Series> out = new ArrayList<>();
    StepGrid grid = grid(eval, s);
    if (grid == null) {
      return new RangeInput(out, out.size(), range);
    }
    Value v = new Evaluator(c, grid).eval(s.expr());
    long[] times = grid.times();
    for (StepSeries series : ((Value.Vector) v).series()) {
      Samples samples = withoutHints(rows(series, times));
      if (samples.size > 0) {
        out.add(
            new RangeInput.Series(
                series.labels,
                series.dropName,
                samples,
                new Window(eval, s.timing(), samples, range, Expr.Extension.NONE)));
      }
    }
    return new RangeInput(out, out.size(), range);
  }

  /** Rows may repeat or leave out what lay between, so what was known about restarts is void. */
  private static Samples withoutHints(Samples s) {
    for (int i = 0; s.histograms != null && i < s.size; i++) {
      NativeHistogram h = s.histograms[i];
      if (h != null && h.hint != NativeHistogram.Hint.GAUGE) {
        s.histograms[i] = h.with(NativeHistogram.Hint.UNKNOWN);
      }
    }
    return s;
  }

  private static Samples rows(StepSeries s, long[] grid) {
    Samples all = samples(s, grid);
    for (int t = 0; s.h2 != null && t < s.present.length; t++) {
      if (s.present[t] && !s.h2.present[t]) {
        return all;
      }
    }
    return s.h2 == null ? all : Samples.h2(all.times, H2Rows.of(s.h2), null);
  }

  /**
   * The points of a step series as samples, which may share its arrays, H2 histograms with their
   * bounds made explicit.
   */
  static Samples samples(StepSeries s, long[] grid) {
    int n = 0;
    for (boolean p : s.present) {
      n += p ? 1 : 0;
    }
    boolean any = s.histograms != null || s.h2 != null;
    if (n == s.present.length && !any) {
      return Samples.gauges(grid, s.values);
    }
    long[] times = new long[n];
    double[] values = new double[n];
    NativeHistogram[] histograms = any ? new NativeHistogram[n] : null;
    int o = 0;
    for (int t = 0; t < s.present.length; t++) {
      if (s.present[t]) {
        times[o] = grid[t];
        values[o] = s.values[t];
        if (histograms != null) {
          histograms[o] = s.anyHistogram(t);
        }
        o++;
      }
    }
    if (histograms != null && Arrays.stream(histograms).allMatch(java.util.Objects::isNull)) {
      histograms = null;
    }
    return Samples.mixed(times, values, histograms, null);
  }
}

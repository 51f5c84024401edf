package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Evaluates the inside of a subquery on its own steps. */
final class SubqueryInput {
  private SubqueryInput() {}

  static RangeInput of(Evaluator eval, Expr.Subquery s) {
    Context c = eval.context();
    long range = c.positive(s.range());
    long step = s.step() == null ? c.options().subqueryStepNanos() : c.positive(s.step());
    StepGrid outer = eval.grid();
    long first = c.reference(s.timing(), outer.start());
    long last = c.reference(s.timing(), outer.last());
    long start = (Math.floorDiv(first - range, step) + 1) * step;
    List<RangeInput.Series> out = new ArrayList<>();
    if (start > last) {
      return new RangeInput(out, range);
    }
    if ((last - start) / step > c.options().maxSamples()) {
      throw new QueryException(
          QueryException.Kind.LIMIT, "subquery has too many steps, use a larger one");
    }
    StepGrid grid = StepGrid.range(start, last, step);
    Value v = new Evaluator(c, grid).eval(s.expr());
    for (StepSeries series : ((Value.Vector) v).series()) {
      Samples samples = withoutHints(samples(series, grid));
      if (samples.size > 0) {
        out.add(
            new RangeInput.Series(
                series.labels,
                series.dropName,
                samples,
                new Window(eval, s.timing(), samples, range, Expr.Extension.NONE)));
      }
    }
    return new RangeInput(out, range);
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

  /** The points of a step series as samples. */
  static Samples samples(StepSeries s, StepGrid grid) {
    int n = 0;
    for (boolean p : s.present) {
      n += p ? 1 : 0;
    }
    long[] times = new long[n];
    double[] values = new double[n];
    NativeHistogram[] histograms = s.histograms == null ? null : new NativeHistogram[n];
    int o = 0;
    for (int t = 0; t < s.present.length; t++) {
      if (s.present[t]) {
        times[o] = grid.time(t);
        values[o] = s.values[t];
        if (histograms != null) {
          histograms[o] = s.histograms[t];
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

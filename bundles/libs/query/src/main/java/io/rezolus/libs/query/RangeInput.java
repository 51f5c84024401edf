package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The series below a range function with their windows.
 *
 * @param rangeNanos length of the windows
 */
record RangeInput(List<Series> series, long rangeNanos) {
  /** One series and the cursor over its windows. */
  record Series(Labels labels, boolean dropName, Samples samples, Window window) {}

  /** The input of a range selector or subquery, behind any parentheses. */
  static RangeInput of(Evaluator eval, Expr e) {
    if (e instanceof Expr.Paren p) {
      return of(eval, p.expr());
    }
    if (e instanceof Expr.Subquery s) {
      return SubqueryInput.of(eval, s);
    }
    Expr.MatrixSelector m = (Expr.MatrixSelector) e;
    long range = eval.context().positive(m.range());
    Expr.VectorSelector v = m.selector();
    Expr.Extension x = v.extension();
    long lookback = eval.context().options().lookbackNanos();
    long before = x == Expr.Extension.NONE ? 0 : lookback;
    long after = x == Expr.Extension.SMOOTHED ? lookback : 0;
    List<Series> out = new ArrayList<>();
    for (SourceSeries s : eval.select(v, range + before, after)) {
      Samples samples = s.samples().withoutStale();
      eval.context().budget().take(samples.size);
      out.add(
          new Series(s.labels(), false, samples, new Window(eval, v.timing(), samples, range, x)));
    }
    return new RangeInput(out, range);
  }
}

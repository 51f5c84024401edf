package io.rezolus.libs.query;

import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The series below a range function with their windows. Those of a selector are decoded one after
 * another as they are asked for, so they can be gone through once.
 *
 * @param count number of the series
 * @param rangeNanos length of the windows
 */
record RangeInput(Iterable<Series> series, int count, long rangeNanos) {
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
    List<SourceSeries> found = eval.select(v, range + before, after);
    Iterable<SourceSeries> read = ReadAhead.of(found);
    return new RangeInput(
        () ->
            StreamSupport.stream(read.spliterator(), false)
                .map(s -> series(eval, m, range, s))
                .iterator(),
        found.size(),
        range);
  }

  private static Series series(Evaluator eval, Expr.MatrixSelector m, long range, SourceSeries s) {
    Samples samples = s.samples().withoutStale();
    eval.context().budget().take(samples.size);
    Expr.VectorSelector v = m.selector();
    Window window = new Window(eval, v.timing(), samples, range, v.extension());
    return new Series(s.labels(), false, samples, window);
  }
}

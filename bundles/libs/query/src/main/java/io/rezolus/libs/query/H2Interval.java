package io.rezolus.libs.query;

/**
 * How much time before each step a histogram function of a bare selector covers.
 *
 * @param nanos length; at most the distance of the steps unless several are taken together
 */
record H2Interval(long nanos) {
  private static final long SECOND = 1_000_000_000L;

  /** The time between two steps, or between two samples where there is one step. */
  static long of(Evaluator e) {
    if (e.grid().step() > 0) {
      return e.grid().step();
    }
    return e.context().source() instanceof CatalogSource c && c.intervalNanos() > 0
        ? c.intervalNanos()
        : SECOND;
  }

  /** Whether an argument is a selector, or selectors added up. */
  static boolean applies(Expr e) {
    Expr bare = ExprTree.bare(e);
    if (bare instanceof Expr.Aggregate a) {
      return (a.op() == AggregateOp.SUM || a.op() == AggregateOp.AVG) && applies(a.expr());
    }
    return bare instanceof Expr.VectorSelector v && v.extension() == Expr.Extension.NONE;
  }
}

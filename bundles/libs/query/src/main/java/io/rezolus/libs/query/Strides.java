package io.rezolus.libs.query;

import java.util.List;

/** The optional last argument of histogram functions: seconds that make one point. */
final class Strides {
  private Strides() {}

  /** Whether a function within an expression is told one, so that steps depend on each other. */
  static boolean isUsed(Expr e) {
    if (e instanceof Expr.Call c && c.function().name().startsWith("histogram_")) {
      for (int i = 1; i < c.args().size(); i++) {
        if (c.args().get(i).type() == ValueType.SCALAR
            && c.args().get(i - 1).type() == ValueType.VECTOR) {
          return true;
        }
      }
    }
    return ExprTree.children(e).stream().anyMatch(Strides::isUsed);
  }

  private static long steps(Evaluator e, Expr.Call c, int vector) {
    if (c.args().size() <= vector + 1) {
      return 1;
    }
    double stride = e.scalar(c.args().get(vector + 1))[0];
    if (!(stride > 0 && stride < 1e9)) {
      throw new QueryException(
          QueryException.Kind.EXECUTION,
          "invalid stride in "
              + c.function().name()
              + "(), expected seconds above 0, got "
              + Numbers.plain(stride));
    }
    return Math.max(1, (long) Math.ceil(stride * 1e9 / H2Interval.of(e)));
  }

  /** Seconds that a point of a bare selector covers, 1 for any other argument. */
  static double seconds(Evaluator e, Expr.Call c, int vector) {
    return H2Interval.applies(c.args().get(vector))
        ? steps(e, c, vector) * H2Interval.of(e) / 1e9
        : 1;
  }

  /** The histograms of argument {@code vector}, at the last step of each stride only. */
  static List<StepSeries> argument(Evaluator e, Expr.Call c, int vector) {
    long steps = steps(e, c, vector);
    Expr at = c.args().get(vector);
    List<StepSeries> series = H2Functions.argument(e, at, steps * H2Interval.of(e));
    for (StepSeries s : series) {
      for (int t = 0; steps > 1 && e.steps() > 1 && s.h2 != null && t < e.steps(); t++) {
        s.h2.present[t] &= (t + 1) % steps == 0;
        s.present[t] &= s.h2.present[t];
      }
    }
    return series;
  }
}

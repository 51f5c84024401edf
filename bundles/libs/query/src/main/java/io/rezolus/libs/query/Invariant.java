package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parts of a query that look at one time whatever the step, as {@code @} makes them: they are
 * evaluated once and repeated.
 */
final class Invariant {
  private Invariant() {}

  static boolean applies(Expr e) {
    if (e instanceof Expr.VectorSelector v) {
      return v.timing().at() != null;
    }
    return e instanceof Expr.Call c
        && RangeCall.streams(c)
        && !c.function().name().equals("predict_linear")
        && c.args().stream().allMatch(Invariant::fixed);
  }

  private static boolean fixed(Expr argument) {
    Expr e = ExprTree.bare(argument);
    Timing timing = ModifierParser.timing(e);
    return e instanceof Expr.NumberLiteral || timing != null && timing.at() != null;
  }

  /** Null where repeating takes more than evaluating again, as for H2 histograms. */
  static Value evaluate(Evaluator once, Expr e, int steps) {
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : once.vector(e)) {
      if (s.h2 != null) {
        return null;
      }
      once.context().budget().take(steps);
      double[] values = new double[steps];
      boolean[] present = new boolean[steps];
      Arrays.fill(values, s.values[0]);
      Arrays.fill(present, s.present[0]);
      NativeHistogram[] histograms = null;
      if (s.histograms != null) {
        histograms = new NativeHistogram[steps];
        Arrays.fill(histograms, s.histograms[0]);
      }
      out.add(new StepSeries(s.labels, s.dropName, values, present, histograms));
    }
    return new Value.Vector(out);
  }
}

package io.rezolus.libs.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One where a vector or range is empty. */
final class AbsentFunctions {
  private AbsentFunctions() {}

  static Value absent(Evaluator e, Expr.Call c) {
    boolean[] seen = new boolean[e.steps()];
    for (StepSeries s : e.vector(c.args().get(0))) {
      for (int t = 0; t < seen.length; t++) {
        seen[t] |= s.present[t];
      }
    }
    return ones(e, c.args().get(0), seen);
  }

  static Value absentOverTime(Evaluator e, Expr.Call c) {
    RangeCall.checkExtension(c.function().name(), c.args().get(0));
    boolean[] seen = new boolean[e.steps()];
    for (RangeInput.Series s : RangeInput.of(e, c.args().get(0)).series()) {
      for (int t = 0; t < seen.length; t++) {
        s.window().move(t);
        seen[t] |= s.window().size() > 0;
      }
    }
    return ones(e, c.args().get(0), seen);
  }

  private static Value ones(Evaluator e, Expr argument, boolean[] seen) {
    StepSeries r = new StepSeries(labels(argument), false, seen.length);
    for (int t = 0; t < seen.length; t++) {
      if (!seen[t]) {
        r.set(t, 1);
      }
    }
    return new Value.Vector(r.isEmpty() ? List.of() : List.of(r));
  }

  /** The labels that the selector fixes to one value. */
  private static Labels labels(Expr e) {
    Expr.VectorSelector v =
        e instanceof Expr.VectorSelector s
            ? s
            : e instanceof Expr.MatrixSelector m ? m.selector() : null;
    Labels l = Labels.EMPTY;
    Set<String> seen = new HashSet<>();
    for (Matcher m : v == null ? List.<Matcher>of() : v.matchers()) {
      if (!m.name().equals(Labels.NAME)) {
        boolean first = seen.add(m.name());
        l = l.with(m.name(), first && m.op() == Matcher.Op.EQUAL ? m.value() : "");
      }
    }
    return l;
  }
}

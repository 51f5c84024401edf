package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operators and, or and unless. */
final class SetOperation {
  private final Evaluator eval;
  private final Expr.Binary node;

  SetOperation(Evaluator eval, Expr.Binary node) {
    this.eval = eval;
    this.node = node;
  }

  List<StepSeries> apply(List<StepSeries> left, List<StepSeries> right) {
    List<StepSeries> out = new ArrayList<>();
    if (node.op() == BinaryOp.OR) {
      out.addAll(left);
      filter(right, left, false, out);
    } else {
      filter(left, right, node.op() == BinaryOp.AND, out);
    }
    return out;
  }

  /** Elements of {@code from} at the steps where others with their key are there, or are not. */
  private void filter(
      List<StepSeries> from, List<StepSeries> others, boolean wanted, List<StepSeries> out) {
    Map<Labels, boolean[]> there = new HashMap<>();
    for (StepSeries s : others) {
      boolean[] p =
          there.computeIfAbsent(node.matching().key(s.labels), k -> new boolean[eval.steps()]);
      for (int t = 0; t < p.length; t++) {
        p[t] |= s.present[t];
      }
    }
    for (StepSeries s : from) {
      boolean[] p = there.get(node.matching().key(s.labels));
      StepSeries r = new StepSeries(s.labels, s.dropName, eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (s.present[t] && (p != null && p[t]) == wanted) {
          r.copy(t, s);
        }
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
    }
  }
}

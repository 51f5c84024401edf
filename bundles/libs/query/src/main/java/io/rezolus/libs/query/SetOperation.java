package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
      List<StepSeries> added = new ArrayList<>();
      filter(right, left, false, added);
      union(left, added, out);
    } else {
      filter(left, right, node.op() == BinaryOp.AND, out);
    }
    return out;
  }

  /** Steps that are labelled alike on both sides make one series. */
  private void union(List<StepSeries> left, List<StepSeries> added, List<StepSeries> out) {
    Map<Labels, StepSeries> rest = new LinkedHashMap<>();
    added.forEach(s -> rest.put(s.labels, s));
    for (StepSeries s : left) {
      StepSeries more = rest.get(s.labels);
      if (more == null || more.dropName != s.dropName) {
        out.add(s);
        continue;
      }
      rest.remove(s.labels);
      StepSeries joined = new StepSeries(s.labels, s.dropName, eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (s.present[t] || more.present[t]) {
          joined.copy(t, s.present[t] ? s : more);
        }
      }
      out.add(joined);
    }
    out.addAll(rest.values());
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

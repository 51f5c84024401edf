package io.rezolus.libs.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bounds of the elements of a binary operator between two vectors. */
final class PairBands {
  private final Evaluator eval;
  private final Expr.Binary node;
  private final Map<Labels, Band> out = new HashMap<>();
  private Map<Labels, Band> left;
  private Map<Labels, Band> right;

  PairBands(Evaluator eval, Expr.Binary node) {
    this.eval = eval;
    this.node = node;
  }

  private static boolean filters(Expr.Binary node) {
    return node.op().isComparison() && !node.bool();
  }

  /** Whether there are bounds behind an operator. */
  static boolean handles(Expr.Binary node) {
    return filters(node) || BandArithmetic.knows(node.op());
  }

  /**
   * By the labels of the results; an element without bounds on one side counts as exact.
   *
   * @param bands of the operands
   */
  Map<Labels, Band> of(Bands bands) {
    boolean filters = filters(node);
    Bands operands = filters ? bands : bands.within(SharedWindows.of(eval, node));
    left = operands.of(node.left());
    right = filters ? Map.of() : operands.of(node.right());
    if (left.isEmpty() && right.isEmpty()) {
      return out;
    }
    List<StepSeries> l = eval.vector(node.left());
    List<StepSeries> r = eval.vector(node.right());
    new VectorMatch(eval, node, filters ? this::kept : this::computed).apply(l, r);
    return out;
  }

  private Band result(Labels labels) {
    return out.computeIfAbsent(labels, k -> Band.unknown(eval.steps()));
  }

  /** A filter gives the left value, which stays as uncertain as it is. */
  private void kept(Labels labels, StepSeries l, StepSeries r) {
    Band band = left.get(l.labels);
    for (int t = 0; band != null && t < eval.steps(); t++) {
      if (l.isFloat(t) && r.isFloat(t) && band.has(t)) {
        result(labels).set(t, band.lower()[t], band.upper()[t]);
      }
    }
  }

  private void computed(Labels labels, StepSeries l, StepSeries r) {
    Band a = left.get(l.labels);
    Band b = right.get(r.labels);
    if (a == null && b == null) {
      return;
    }
    Band result = result(labels);
    for (int t = 0; t < eval.steps(); t++) {
      boolean first = a != null && a.has(t);
      boolean second = b != null && b.has(t);
      if (l.isFloat(t) && r.isFloat(t) && (first || second)) {
        BandArithmetic.apply(
            node.op(),
            first ? a.lower()[t] : l.values[t],
            first ? a.upper()[t] : l.values[t],
            second ? b.lower()[t] : r.values[t],
            second ? b.upper()[t] : r.values[t],
            result,
            t);
      }
    }
  }
}

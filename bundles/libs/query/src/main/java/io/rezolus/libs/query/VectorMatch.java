package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs the elements of two vectors by their match labels and applies an operator to each pair. */
final class VectorMatch {
  private final Evaluator eval;
  private final Expr.Binary node;
  private final Matching matching;
  private final boolean swapped;
  private final Pairs pairs;
  private final Map<Labels, StepSeries> results = new LinkedHashMap<>();
  private List<List<StepSeries>> operands;

  VectorMatch(Evaluator eval, Expr.Binary node) {
    this(eval, node, (labels, l, r) -> {});
  }

  VectorMatch(Evaluator eval, Expr.Binary node, Pairs pairs) {
    this.eval = eval;
    this.node = node;
    this.pairs = pairs;
    this.matching = node.matching();
    this.swapped = matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
  }

  /** Is told which elements meet. */
  interface Pairs {
    void met(Labels result, StepSeries left, StepSeries right);
  }

  private static final class Group {
    final List<StepSeries> left = new ArrayList<>();
    final List<StepSeries> right = new ArrayList<>();
  }

  List<StepSeries> apply(List<StepSeries> left, List<StepSeries> right) {
    operands = List.of(left, right);
    Map<Labels, Group> groups = new LinkedHashMap<>();
    for (StepSeries s : left) {
      groups.computeIfAbsent(matching.key(s.labels), k -> new Group()).left.add(s);
    }
    for (StepSeries s : right) {
      groups.computeIfAbsent(matching.key(s.labels), k -> new Group()).right.add(s);
    }
    groups.forEach(this::join);
    if (results.isEmpty()) {
      Hints.unmatched(eval, node, left, right);
    }
    List<StepSeries> out = new ArrayList<>(results.values());
    out.removeIf(StepSeries::isEmpty);
    return out;
  }

  private void join(Labels key, Group g) {
    List<StepSeries> one = swapped ? g.left : g.right;
    List<StepSeries> many = swapped ? g.right : g.left;
    for (int t = 0; one.size() > 1 && t < eval.steps(); t++) {
      if (count(one, t) > 1 && matters(t)) {
        throw new QueryException(
            QueryException.Kind.EXECUTION,
            "found duplicate series for the match group "
                + key.inBraces()
                + " on the "
                + (swapped ? "left" : "right")
                + " hand-side of the operation: ["
                + one.get(0).labels.inBraces()
                + ", "
                + one.get(1).labels.inBraces()
                + "];many-to-many matching not allowed: matching labels must be unique on one side");
      }
    }
    Double leftValue = swapped ? matching.fillRight() : matching.fillLeft();
    Double rightValue = swapped ? matching.fillLeft() : matching.fillRight();
    StepSeries leftFill = fill(key, leftValue, g.left, g.right);
    StepSeries rightFill = fill(key, rightValue, g.right, g.left);
    if (leftFill != null) {
      g.left.add(leftFill);
    }
    if (rightFill != null) {
      g.right.add(rightFill);
    }
    if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE && many.size() > 1) {
      for (int t = 0; t < eval.steps(); t++) {
        if (count(many, t) > 1 && count(one, t) > 0) {
          throw new QueryException(
              QueryException.Kind.EXECUTION,
              "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        }
      }
    }
    for (StepSeries l : g.left) {
      for (StepSeries r : g.right) {
        pair(l, r);
      }
    }
  }

  /** Whether a step can have a result: where one side is empty and not filled, it has none. */
  private boolean matters(int t) {
    return matching.fillLeft() != null
        || matching.fillRight() != null
        || operands.stream().allMatch(side -> count(side, t) > 0);
  }

  private static int count(List<StepSeries> series, int t) {
    int n = 0;
    for (StepSeries s : series) {
      n += s.present[t] ? 1 : 0;
    }
    return n;
  }

  /** The default of one side at the steps where only the other side is there. */
  private StepSeries fill(Labels key, Double value, List<StepSeries> side, List<StepSeries> other) {
    if (value == null) {
      return null;
    }
    StepSeries f = new StepSeries(key, false, eval.steps());
    for (int t = 0; t < eval.steps(); t++) {
      if (count(side, t) == 0 && count(other, t) > 0) {
        f.set(t, value);
      }
    }
    return f;
  }

  private void pair(StepSeries l, StepSeries r) {
    eval.context().budget().check();
    pairs.met(labels(l.labels, r.labels), l, r);
    CellOperation cell = new CellOperation(eval, node);
    boolean filters = node.op().isComparison() && !node.bool();
    // the labels of the result are those of the side with many elements
    boolean nameGone = (swapped ? r : l).dropName;
    StepSeries out = null;
    if (l.h2 != null || r.h2 != null) {
      h2(l, r, !filters || nameGone);
      return;
    }
    for (int t = 0; t < eval.steps(); t++) {
      if (!l.present[t] || !r.present[t]) {
        continue;
      }
      boolean keep = cell.apply(l.values[t], l.histogram(t), r.values[t], r.histogram(t));
      if (out == null) {
        boolean drop = !filters && !node.op().isTrim() || nameGone;
        Labels labels = labels(l.labels, r.labels);
        out = results.get(labels);
        if (out == null) {
          eval.context().budget().take(eval.steps());
          out = new StepSeries(labels, drop, eval.steps());
          results.put(labels, out);
        }
      }
      if (keep) {
        if (out.present[t]) {
          throw new QueryException(
              QueryException.Kind.EXECUTION,
              "multiple matches for labels: grouping labels must ensure unique matches");
        }
        cell.store(out, t);
      }
    }
  }

  private void h2(StepSeries l, StepSeries r, boolean drop) {
    StepSeries pair = new H2Binary(eval, node).apply(l, r, labels(l.labels, r.labels), drop);
    StepSeries known = results.putIfAbsent(pair.labels, pair);
    for (int t = 0; known != null && t < eval.steps(); t++) {
      if (pair.present[t] && known.present[t]) {
        throw new QueryException(
            QueryException.Kind.EXECUTION,
            "multiple matches for labels: grouping labels must ensure unique matches");
      }
      if (pair.present[t]) {
        known.copy(t, pair);
      }
    }
  }

  private Labels labels(Labels left, Labels right) {
    Labels many = swapped ? right : left;
    Labels one = swapped ? left : right;
    if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE) {
      return matching.on() ? many.keep(matching.labels()) : many.drop(matching.labels());
    }
    Labels out = many;
    for (String name : matching.include()) {
      out = out.with(name, one.get(name));
    }
    return out;
  }
}

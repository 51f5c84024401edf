package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bounds of aggregations that never fall when one of their members rises. */
final class GroupBands {
  private final Evaluator eval;
  private final Expr.Aggregate node;
  private final Map<Labels, Band> members;

  /**
   * @param members bounds of the members; those without count as exact
   */
  GroupBands(Evaluator eval, Expr.Aggregate node, Map<Labels, Band> members) {
    this.eval = eval;
    this.node = node;
    this.members = members;
  }

  /** Whether an aggregation is of this kind. */
  static boolean handles(AggregateOp op) {
    return switch (op) {
      case SUM, AVG, MIN, MAX, QUANTILE -> true;
      default -> false;
    };
  }

  /** Bounds by the labels of the groups, unknown where those of all members are. */
  Map<Labels, Band> of() {
    Map<Labels, Band> out = new HashMap<>();
    if (members.isEmpty()) {
      return out;
    }
    Map<Labels, List<StepSeries>> groups = new LinkedHashMap<>();
    for (StepSeries s : eval.vector(node.expr())) {
      groups.computeIfAbsent(Aggregation.key(node, s.labels), k -> new ArrayList<>()).add(s);
    }
    double[] parameter = node.op() == AggregateOp.QUANTILE ? eval.scalar(node.param()) : null;
    groups.forEach((labels, group) -> out.put(labels, group(group, parameter)));
    return out;
  }

  private Band group(List<StepSeries> group, double[] parameter) {
    Band out = Band.unknown(eval.steps());
    List<Band> bands = group.stream().map(s -> members.get(s.labels)).toList();
    double[] low = new double[group.size()];
    double[] high = new double[group.size()];
    for (int t = 0; t < eval.steps(); t++) {
      eval.context().budget().checkAt(t);
      int n = 0;
      boolean any = false;
      for (int i = 0; i < low.length; i++) {
        StepSeries s = group.get(i);
        Band band = bands.get(i);
        if (s.isFloat(t)) {
          boolean has = band != null && band.has(t);
          any |= has;
          low[n] = has ? band.lower()[t] : s.values[t];
          high[n++] = has ? band.upper()[t] : s.values[t];
        }
      }
      if (any) {
        double q = parameter == null ? 0 : parameter[t];
        out.set(t, total(Arrays.copyOf(low, n), q), total(Arrays.copyOf(high, n), q));
      }
    }
    return out;
  }

  private double total(double[] v, double parameter) {
    return switch (node.op()) {
      case SUM -> Statistics.sum(v);
      case AVG -> Statistics.mean(v);
      case MIN -> OverTime.min(v);
      case MAX -> OverTime.max(v);
      default -> Statistics.quantile(parameter, v);
    };
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Aggregations that pass some of their elements on: topk, bottomk, limitk, limit_ratio. */
final class Selection {
  private final Evaluator eval;
  private final Expr.Aggregate node;
  private final double[] parameter;
  private final Map<StepSeries, StepSeries> kept = new IdentityHashMap<>();
  private final List<StepSeries> out = new ArrayList<>();

  Selection(Evaluator eval, Expr.Aggregate node, double[] parameter) {
    this.eval = eval;
    this.node = node;
    this.parameter = parameter;
  }

  List<StepSeries> select(Collection<List<StepSeries>> groups) {
    for (int t = 0; t < eval.steps(); t++) {
      eval.context().budget().checkAt(t);
      check(t);
      for (List<StepSeries> members : groups) {
        step(members, t);
      }
    }
    return out;
  }

  private void check(int t) {
    double p = parameter[t];
    boolean ratio = node.op() == AggregateOp.LIMIT_RATIO;
    if (Double.isNaN(p)) {
      throw new QueryException(
          QueryException.Kind.EXECUTION, (ratio ? "Ratio" : "Parameter") + " value is NaN");
    }
    if (!ratio && Math.abs(p) >= 0x1p63) {
      throw new QueryException(
          QueryException.Kind.EXECUTION, "Scalar value " + Numbers.general(p) + " overflows int64");
    }
    if (ratio && Math.abs(p) > 1) {
      double capped = Math.signum(p);
      eval.notes()
          .warn(
              node.param(),
              "ratio value should be between -1 and 1, got "
                  + Numbers.general(p)
                  + ", capping to "
                  + Numbers.general(capped));
      parameter[t] = capped;
    }
  }

  private void keep(StepSeries s, int t) {
    StepSeries r =
        kept.computeIfAbsent(
            s,
            k -> {
              StepSeries n = new StepSeries(k.labels, k.dropName, eval.steps());
              out.add(n);
              return n;
            });
    r.copy(t, s);
  }

  private void step(List<StepSeries> members, int t) {
    double p = parameter[t];
    if (node.op() == AggregateOp.LIMIT_RATIO) {
      for (StepSeries s : members) {
        double share = LabelHash.share(s.labels);
        if (s.present[t] && (p >= 0 ? share < p : share >= 1 + p)) {
          keep(s, t);
        }
      }
      return;
    }
    long k = (long) p;
    if (k < 1) {
      return;
    }
    if (node.op() == AggregateOp.LIMITK) {
      members.stream().filter(s -> s.present[t]).limit(k).forEach(s -> keep(s, t));
      return;
    }
    best(members, t, k);
  }

  /** Keeps the best few in order, NaN last; of equal ones those that come first. */
  private void best(List<StepSeries> members, int t, long k) {
    boolean top = node.op() == AggregateOp.TOPK;
    StepSeries[] best = new StepSeries[(int) Math.min(k, members.size())];
    double[] values = new double[best.length];
    int n = 0;
    for (StepSeries s : members) {
      if (!s.isFloat(t)) {
        if (s.present[t]) {
          eval.notes().info(node.expr(), "ignored histogram in " + node.op().text + " aggregation");
        }
        continue;
      }
      double value = s.values[t];
      int at = n;
      while (at > 0 && before(top, value, values[at - 1])) {
        at--;
      }
      if (at < best.length) {
        n = Math.min(n + 1, best.length);
        System.arraycopy(best, at, best, at + 1, n - at - 1);
        System.arraycopy(values, at, values, at + 1, n - at - 1);
        best[at] = s;
        values[at] = value;
      }
    }
    for (int i = 0; i < n; i++) {
      keep(best[i], t);
    }
  }

  private static boolean before(boolean top, double a, double b) {
    return (top ? a > b : a < b) || Double.isNaN(b) && !Double.isNaN(a);
  }
}

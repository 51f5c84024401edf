package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Groups the series of a vector once and aggregates each group at every step. */
final class Aggregation {
  private final Evaluator eval;
  private final Expr.Aggregate node;

  Aggregation(Evaluator eval, Expr.Aggregate node) {
    this.eval = eval;
    this.node = node;
  }

  Value evaluate() {
    if (StreamedAggregation.handles(node)) {
      List<StepSeries> streamed = new StreamedAggregation(eval, node).evaluate();
      if (streamed != null) {
        return new Value.Vector(streamed);
      }
    }
    double[] parameter = null;
    String label = "";
    if (node.op() == AggregateOp.COUNT_VALUES) {
      label = eval.text(node.param());
      if (!Names.isValid(label)) {
        throw new QueryException(
            QueryException.Kind.EXECUTION, "invalid label name " + Quoting.quote(label));
      }
    } else if (node.param() != null) {
      parameter = eval.scalar(node.param());
    }
    Map<Labels, List<StepSeries>> groups = new LinkedHashMap<>();
    for (StepSeries s : eval.vector(node.expr())) {
      groups.computeIfAbsent(key(s.labels), k -> new ArrayList<>()).add(s);
    }
    if (node.op() == AggregateOp.QUANTILE && !groups.isEmpty()) {
      ElementFunctions.checkQuantile(eval, node.param(), parameter);
    }
    if (node.op().selects()) {
      return new Value.Vector(new Selection(eval, node, parameter).select(groups.values()));
    }
    List<StepSeries> out = new ArrayList<>();
    if (node.op() == AggregateOp.COUNT_VALUES) {
      countValues(groups, label, out);
    } else {
      for (Map.Entry<Labels, List<StepSeries>> g : groups.entrySet()) {
        out.add(aggregate(g.getKey(), g.getValue(), parameter));
      }
      out.removeIf(StepSeries::isEmpty);
    }
    return new Value.Vector(out);
  }

  private Labels key(Labels l) {
    return key(node, l);
  }

  static Labels key(Expr.Aggregate node, Labels l) {
    if (!node.without()) {
      return node.grouping().isEmpty() ? Labels.EMPTY : l.keep(node.grouping());
    }
    return l.drop(node.grouping()).withoutName();
  }

  private static boolean dropName(List<StepSeries> members) {
    return members.stream().anyMatch(s -> s.dropName);
  }

  private StepSeries aggregate(Labels labels, List<StepSeries> members, double[] parameter) {
    eval.context().budget().take(eval.steps());
    StepSeries out = new StepSeries(labels, dropName(members), eval.steps());
    boolean histograms = members.stream().anyMatch(s -> s.histograms != null);
    boolean h2 = members.stream().anyMatch(s -> s.h2 != null);
    if (h2 && (node.op() == AggregateOp.SUM || node.op() == AggregateOp.AVG)) {
      mergeH2(members, out);
      return out;
    }
    if (!histograms && node.op() == AggregateOp.SUM) {
      sumColumns(members, out);
      return out;
    }
    GroupStep step = new GroupStep(eval, node);
    for (int t = 0; t < eval.steps(); t++) {
      step.run(members, t, parameter == null ? 0 : parameter[t], out);
    }
    return out;
  }

  /** A step with histograms of another kind or floats beside H2 gives nothing but a warning. */
  private void mergeH2(List<StepSeries> members, StepSeries out) {
    H2Sum sum = new H2Sum(eval.steps());
    List<StepSeries> others = new ArrayList<>();
    for (StepSeries s : members) {
      if (s.h2 != null) {
        eval.context().budget().check();
        sum.add(s.h2, 1);
      } else {
        others.add(s);
      }
    }
    H2Steps h = node.op() == AggregateOp.AVG ? sum.mean() : sum.sum();
    GroupStep step = new GroupStep(eval, node);
    for (int t = 0; t < eval.steps(); t++) {
      boolean mixed = false;
      for (StepSeries s : others) {
        mixed |= s.present[t];
      }
      if (!h.present[t]) {
        step.run(others, t, 0, out);
      } else if (mixed) {
        h.present[t] = false;
        eval.notes()
            .warn(node.expr(), "encountered a mix of histograms and floats for aggregation");
      } else {
        out.present[t] = true;
      }
    }
    out.h2 = h;
  }

  /** Sums of floats, series after series, so that each column is read in one go. */
  private void sumColumns(Collection<StepSeries> members, StepSeries out) {
    int steps = eval.steps();
    double[] lost = new double[steps];
    double[] sum = out.values;
    for (StepSeries s : members) {
      for (int t = 0; t < steps; t++) {
        if (!s.present[t]) {
          continue;
        }
        double x = s.values[t];
        if (!out.present[t]) {
          out.present[t] = true;
          sum[t] = x;
          continue;
        }
        double total = sum[t] + x;
        if (Double.isInfinite(total)) {
          lost[t] = 0;
        } else if (Math.abs(sum[t]) >= Math.abs(x)) {
          lost[t] += sum[t] - total + x;
        } else {
          lost[t] += x - total + sum[t];
        }
        sum[t] = total;
      }
    }
    for (int t = 0; t < steps; t++) {
      sum[t] = Double.isInfinite(sum[t]) ? sum[t] : sum[t] + lost[t];
    }
  }

  private void countValues(
      Map<Labels, List<StepSeries>> groups, String label, List<StepSeries> out) {
    Map<Labels, StepSeries> results = new HashMap<>();
    TreeSet<Labels> order = new TreeSet<>();
    groups.forEach(
        (key, members) -> {
          for (StepSeries s : members) {
            for (int t = 0; t < eval.steps(); t++) {
              if (s.present[t]) {
                NativeHistogram h = s.anyHistogram(t);
                Labels l = key.with(label, h == null ? Numbers.plain(s.values[t]) : h.toString());
                StepSeries r =
                    results.computeIfAbsent(l, k -> new StepSeries(k, false, eval.steps()));
                r.set(t, r.values[t] + 1);
                order.add(l);
              }
            }
          }
        });
    order.forEach(l -> out.add(results.get(l)));
  }
}

package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.List;

/** Aggregates one group at one step. */
final class GroupStep {
  private final Evaluator eval;
  private final Expr.Aggregate node;
  private double[] floats = new double[16];

  GroupStep(Evaluator eval, Expr.Aggregate node) {
    this.eval = eval;
    this.node = node;
  }

  void run(List<StepSeries> members, int t, double parameter, StepSeries out) {
    int n = 0;
    int histograms = 0;
    if (floats.length < members.size()) {
      floats = new double[members.size()];
    }
    for (StepSeries s : members) {
      if (s.isFloat(t)) {
        floats[n++] = s.values[t];
      } else if (s.present[t]) {
        histograms++;
      }
    }
    if (n + histograms == 0) {
      return;
    }
    double[] v = Arrays.copyOf(floats, n);
    switch (node.op()) {
      case COUNT -> out.set(t, n + histograms);
      case GROUP -> out.set(t, 1);
      case SUM, AVG -> total(members, t, v, histograms, out);
      default -> {
        if (histograms > 0) {
          eval.notes().info(node.expr(), "ignored histogram in " + node.op().text + " aggregation");
        }
        if (n > 0) {
          out.set(t, statistic(v, parameter));
        }
      }
    }
  }

  private double statistic(double[] v, double parameter) {
    return switch (node.op()) {
      case MIN -> OverTime.min(v);
      case MAX -> OverTime.max(v);
      case STDVAR -> Statistics.variance(v);
      case STDDEV -> Math.sqrt(Statistics.variance(v));
      default -> Statistics.quantile(parameter, v);
    };
  }

  private void total(List<StepSeries> members, int t, double[] v, int histograms, StepSeries out) {
    boolean mean = node.op() == AggregateOp.AVG;
    if (histograms == 0) {
      out.set(t, mean ? Statistics.mean(v) : Statistics.sum(v));
      return;
    }
    if (v.length > 0) {
      eval.notes().warn(node.expr(), "encountered a mix of histograms and floats for aggregation");
      return;
    }
    HistogramSum sum = new HistogramSum();
    for (StepSeries s : members) {
      if (s.present[t]) {
        sum.add(s.histogram(t));
      }
    }
    if (sum.collision()) {
      eval.notes().warn(node.expr(), Notes.collision("aggregation"));
    }
    if (sum.reconciled()) {
      eval.notes().info(node.expr(), Notes.reconciled("aggregation"));
    }
    if (sum.incompatible()) {
      eval.notes().warn(node.expr(), Notes.mixedSchemas(Labels.EMPTY));
      return;
    }
    out.set(t, mean ? sum.mean() : sum.sum());
  }
}

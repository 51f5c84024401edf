package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Aggregates series as they are computed, so that one of them is held at a time and not all. It
 * gives up where a group mixes kinds of samples, which is rare and then done on all series at once.
 */
final class StreamedAggregation {
  private final Evaluator eval;
  private final Expr.Aggregate node;
  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private boolean failed;

  StreamedAggregation(Evaluator eval, Expr.Aggregate node) {
    this.eval = eval;
    this.node = node;
  }

  private final class Group {
    final double[] value = new double[eval.steps()];
    final double[] lost = new double[eval.steps()];
    final int[] count = new int[eval.steps()];
    H2Sum h2;
    boolean floats;
    boolean dropName;

    void add(StepSeries s) {
      dropName |= s.dropName;
      failed |= s.histograms != null || s.h2 != null && floats || s.h2 == null && h2 != null;
      if (failed) {
        return;
      }
      if (s.h2 != null) {
        h2 = h2 == null ? new H2Sum(eval.steps()) : h2;
        h2.add(s.h2, 1);
        return;
      }
      floats = true;
      switch (node.op()) {
        case SUM, AVG -> sum(s.values, s.present);
        case MIN, MAX -> extreme(s.values, s.present, node.op() == AggregateOp.MAX);
        default -> count(s.present);
      }
    }

    private void count(boolean[] present) {
      for (int t = 0; t < count.length; t++) {
        count[t] += present[t] ? 1 : 0;
      }
    }

    /** Adds up without loss; the error of an addition is exact whichever operand is larger. */
    private void sum(double[] x, boolean[] present) {
      for (int t = 0; t < count.length; t++) {
        if (!present[t]) {
          continue;
        }
        if (count[t]++ == 0) {
          value[t] = x[t];
          continue;
        }
        double a = value[t];
        double total = a + x[t];
        double added = total - a;
        lost[t] += (a - (total - added)) + (x[t] - added);
        value[t] = total;
      }
    }

    private void extreme(double[] x, boolean[] present, boolean max) {
      for (int t = 0; t < count.length; t++) {
        if (!present[t]) {
          continue;
        }
        double best = value[t];
        if (count[t]++ == 0 || Double.isNaN(best) || (max ? x[t] > best : x[t] < best)) {
          value[t] = x[t];
        }
      }
    }

    StepSeries result(Labels labels) {
      StepSeries out = new StepSeries(labels, dropName, eval.steps());
      if (h2 != null) {
        out.h2 = node.op() == AggregateOp.AVG ? h2.mean() : h2.sum();
        System.arraycopy(out.h2.present, 0, out.present, 0, out.present.length);
        return out;
      }
      for (int t = 0; t < count.length; t++) {
        if (count[t] == 0) {
          continue;
        }
        double sum = Double.isInfinite(value[t]) ? value[t] : value[t] + lost[t];
        // a mean may be finite where the sum is not
        failed |= node.op() == AggregateOp.AVG && !Double.isFinite(sum);
        out.set(
            t,
            switch (node.op()) {
              case SUM, MIN, MAX -> sum;
              case AVG -> sum / count[t];
              case COUNT -> count[t];
              default -> 1;
            });
      }
      return out;
    }
  }

  /** Whether this way of doing it exists for an aggregation. */
  static boolean handles(Expr.Aggregate node) {
    return switch (node.op()) {
      case SUM, AVG, MIN, MAX, COUNT, GROUP ->
          ExprTree.bare(node.expr()) instanceof Expr.Call c && RangeCall.streams(c);
      default -> false;
    };
  }

  /** Null when it has to be done on all series at once. */
  List<StepSeries> evaluate() {
    boolean counts = node.op() == AggregateOp.COUNT || node.op() == AggregateOp.GROUP;
    RangeCall.stream(
        eval,
        (Expr.Call) ExprTree.bare(node.expr()),
        s -> {
          boolean other = node.op() != AggregateOp.SUM && node.op() != AggregateOp.AVG;
          failed |= s.h2 != null && other && !counts;
          if (failed) {
            return;
          }
          Labels key = Aggregation.key(node, s.labels);
          Group g = groups.get(key);
          if (g == null) {
            eval.context().budget().take(eval.steps());
            eval.context().budget().takeBytes(20L * eval.steps());
            g = new Group();
            groups.put(key, g);
          }
          if (counts) {
            g.dropName |= s.dropName;
            g.count(s.present);
          } else {
            g.add(s);
          }
        });
    List<StepSeries> out = new ArrayList<>();
    groups.forEach((labels, g) -> out.add(g.result(labels)));
    out.removeIf(StepSeries::isEmpty);
    return failed ? null : out;
  }
}

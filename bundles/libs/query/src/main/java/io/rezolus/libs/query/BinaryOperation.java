package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A binary operator between scalars, or a scalar and a vector; vectors go to their own classes. */
final class BinaryOperation {
  private final Evaluator eval;
  private final Expr.Binary node;

  BinaryOperation(Evaluator eval, Expr.Binary node) {
    this.eval = eval;
    this.node = node;
  }

  Value evaluate() {
    Value l = eval.eval(node.left());
    Value r = eval.eval(node.right());
    if (l instanceof Value.Scalar a && r instanceof Value.Scalar b) {
      double[] out = new double[eval.steps()];
      Arrays.setAll(out, t -> node.op().apply(a.values()[t], b.values()[t]));
      return new Value.Scalar(out);
    }
    if (l instanceof Value.Vector a && r instanceof Value.Vector b) {
      return new Value.Vector(
          node.op().isSet()
              ? new SetOperation(eval, node).apply(a.series(), b.series())
              : new VectorMatch(eval, node).apply(a.series(), b.series()));
    }
    return l instanceof Value.Scalar a
        ? mixed(((Value.Vector) r).series(), a.values(), true)
        : mixed(((Value.Vector) l).series(), ((Value.Scalar) r).values(), false);
  }

  private StepSeries h2(StepSeries s, double[] scalar, boolean scalarLeft, boolean filters) {
    boolean[] present = new boolean[scalar.length];
    Arrays.fill(present, true);
    StepSeries number = new StepSeries(Labels.EMPTY, false, scalar, present, null);
    H2Binary op = new H2Binary(eval, node);
    boolean drop = s.dropName || !filters;
    return scalarLeft ? op.apply(number, s, s.labels, drop) : op.apply(s, number, s.labels, drop);
  }

  private Value mixed(List<StepSeries> series, double[] scalar, boolean scalarLeft) {
    List<StepSeries> out = new ArrayList<>();
    CellOperation cell = new CellOperation(eval, node);
    boolean filters = node.op().isComparison() && !node.bool();
    for (StepSeries s : series) {
      eval.context().budget().take(eval.steps());
      if (s.h2 != null) {
        StepSeries r = h2(s, scalar, scalarLeft, filters);
        if (!r.isEmpty()) {
          out.add(r);
        }
        continue;
      }
      StepSeries r =
          new StepSeries(s.labels, s.dropName || !filters && !node.op().isTrim(), eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (!s.present[t]) {
          continue;
        }
        NativeHistogram h = s.histogram(t);
        boolean keep =
            scalarLeft
                ? cell.apply(scalar[t], null, s.values[t], h)
                : cell.apply(s.values[t], h, scalar[t], null);
        if (keep && filters) {
          r.copy(t, s);
        } else if (keep) {
          cell.store(r, t);
        }
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
    }
    return new Value.Vector(out);
  }
}

package io.rezolus.libs.query;

/** Operators of which one side or both are H2 histograms, over all steps. */
final class H2Binary {
  private final Evaluator eval;
  private final Expr.Binary node;
  private final BinaryOp op;

  H2Binary(Evaluator eval, Expr.Binary node) {
    this.eval = eval;
    this.node = node;
    this.op = node.op();
  }

  /** The result at the steps where both sides are there; steps of two floats are left out. */
  StepSeries apply(StepSeries l, StepSeries r, Labels labels, boolean dropName) {
    StepSeries out = new StepSeries(labels, dropName, eval.steps());
    if (l.h2 != null && r.h2 != null && (op == BinaryOp.ADD || op == BinaryOp.SUB)) {
      H2Sum sum = new H2Sum(eval.steps());
      sum.add(l.h2, 1);
      sum.add(r.h2, op == BinaryOp.ADD ? 1 : -1);
      take(out, sum.sum(), l, r, true);
    } else if (l.h2 != null && r.h2 != null && (op == BinaryOp.EQUAL || op == BinaryOp.NOT_EQUAL)) {
      compare(out, l, r);
    } else if (l.h2 != null && r.h2 == null && (op == BinaryOp.MUL || op == BinaryOp.DIV)) {
      double[] factor = r.values.clone();
      for (int t = 0; op == BinaryOp.DIV && t < factor.length; t++) {
        factor[t] = 1 / factor[t];
      }
      take(out, l.h2.scale(factor), l, r, false);
    } else if (l.h2 == null && op == BinaryOp.MUL) {
      take(out, r.h2.scale(l.values), l, r, false);
    } else {
      incompatible(l, r);
    }
    return out;
  }

  private void take(StepSeries out, H2Steps h, StepSeries l, StepSeries r, boolean both) {
    out.h2 = h;
    for (int t = 0; t < eval.steps(); t++) {
      boolean left = l.isH2(t) || !both && l.isFloat(t);
      boolean right = r.isH2(t) || !both && r.isFloat(t);
      h.present[t] &= left && right;
      out.present[t] = h.present[t];
    }
  }

  private void compare(StepSeries out, StepSeries l, StepSeries r) {
    for (int t = 0; t < eval.steps(); t++) {
      if (!l.isH2(t) || !r.isH2(t)) {
        continue;
      }
      boolean holds = l.h2.sameAt(t, r.h2) == (op == BinaryOp.EQUAL);
      if (node.bool()) {
        out.set(t, holds ? 1 : 0);
      } else if (holds) {
        out.copy(t, l);
      }
    }
  }

  private void incompatible(StepSeries l, StepSeries r) {
    for (int t = 0; t < eval.steps(); t++) {
      if (l.present[t] && r.present[t]) {
        eval.notes()
            .info(
                node,
                "incompatible sample types encountered for binary operator "
                    + Quoting.quote(op.text)
                    + ": "
                    + (l.isH2(t) ? "histogram " : "float ")
                    + op.text
                    + (r.isH2(t) ? " histogram" : " float"));
        return;
      }
    }
  }
}

package io.rezolus.libs.query;

/** An operator between two samples; the result stays here until the next call. */
final class CellOperation {
  private final Evaluator eval;
  private final Expr.Binary node;
  private final BinaryOp op;
  private double value;
  private NativeHistogram histogram;

  CellOperation(Evaluator eval, Expr.Binary node) {
    this.eval = eval;
    this.node = node;
    this.op = node.op();
  }

  /** Whether there is a result; a histogram operand goes before the float beside it. */
  boolean apply(double a, NativeHistogram ha, double b, NativeHistogram hb) {
    histogram = null;
    if (op.isTrim()) {
      if (ha == null || hb != null) {
        return incompatible(ha != null, hb != null);
      }
      histogram = HistogramTrim.keep(ha, b, op == BinaryOp.TRIM_UPPER);
      return true;
    }
    if (ha == null && hb == null) {
      value = op.apply(a, b);
      if (op.isComparison() && !node.bool()) {
        boolean keep = value != 0;
        value = a;
        return keep;
      }
      return true;
    }
    if (ha != null && hb != null) {
      return histograms(ha, hb);
    }
    if (ha != null && (op == BinaryOp.MUL || op == BinaryOp.DIV)) {
      histogram = op == BinaryOp.MUL ? ha.multiply(b) : ha.divide(b);
      return true;
    }
    if (hb != null && op == BinaryOp.MUL) {
      histogram = hb.multiply(a);
      return true;
    }
    return incompatible(ha != null, hb != null);
  }

  private boolean histograms(NativeHistogram a, NativeHistogram b) {
    if (op == BinaryOp.ADD || op == BinaryOp.SUB) {
      HistogramArithmetic.Result r =
          op == BinaryOp.ADD ? HistogramArithmetic.add(a, b) : HistogramArithmetic.subtract(a, b);
      String what = op == BinaryOp.ADD ? "addition" : "subtraction";
      if (r.collision()) {
        eval.notes().warn(node, Notes.collision(what));
      }
      if (r.reconciled()) {
        eval.notes().info(node, Notes.reconciled(what));
      }
      if (r.value() == null) {
        eval.notes().warn(node, Notes.mixedSchemas(Labels.EMPTY));
        return false;
      }
      histogram = r.value().compact();
      if (op == BinaryOp.SUB) {
        histogram = histogram.with(NativeHistogram.Hint.GAUGE);
      }
      return true;
    }
    if (op == BinaryOp.EQUAL || op == BinaryOp.NOT_EQUAL) {
      boolean keep = a.sameAs(b) == (op == BinaryOp.EQUAL);
      value = keep ? 1 : 0;
      histogram = node.bool() ? null : a;
      return keep || node.bool();
    }
    return incompatible(true, true);
  }

  private boolean incompatible(boolean left, boolean right) {
    eval.notes()
        .info(
            node,
            "incompatible sample types encountered for binary operator "
                + Quoting.quote(op.text)
                + ": "
                + (left ? "histogram " : "float ")
                + op.text
                + (right ? " histogram" : " float"));
    return false;
  }

  void store(StepSeries out, int step) {
    if (histogram != null) {
      out.set(step, histogram);
    } else {
      out.set(step, value);
    }
  }
}

package io.rezolus.libs.query;

/** Adds histograms up, remembering what happened on the way. */
final class HistogramSum {
  private NativeHistogram sum;
  private int count;
  private boolean reset;
  private boolean notReset;
  private boolean reconciled;
  private boolean incompatible;

  void add(NativeHistogram h) {
    reset |= h.hint == NativeHistogram.Hint.RESET;
    notReset |= h.hint == NativeHistogram.Hint.NOT_RESET;
    count++;
    if (sum == null) {
      sum = h;
    } else if (!incompatible) {
      HistogramArithmetic.Result r = HistogramArithmetic.add(sum, h);
      incompatible = r.value() == null;
      reconciled |= r.reconciled();
      sum = incompatible ? sum : r.value();
    }
  }

  boolean collision() {
    return reset && notReset;
  }

  boolean reconciled() {
    return reconciled;
  }

  boolean incompatible() {
    return incompatible;
  }

  NativeHistogram sum() {
    return sum.compact();
  }

  NativeHistogram mean() {
    return sum.divide(count).compact();
  }
}

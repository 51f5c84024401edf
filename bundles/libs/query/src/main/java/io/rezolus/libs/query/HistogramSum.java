package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Adds histograms up in a common layout, remembering what happened on the way. */
final class HistogramSum {
  private final List<NativeHistogram> members = new ArrayList<>();
  private NativeHistogram plain;
  private boolean reset;
  private boolean notReset;
  private boolean reconciled;
  private boolean incompatible;

  void add(NativeHistogram h) {
    reset |= h.hint == NativeHistogram.Hint.RESET;
    notReset |= h.hint == NativeHistogram.Hint.NOT_RESET;
    members.add(h);
    if (plain == null) {
      plain = h;
    } else if (!incompatible) {
      HistogramArithmetic.Result r = HistogramArithmetic.add(plain, h);
      incompatible = r.value() == null;
      reconciled |= r.reconciled();
      plain = incompatible ? plain : r.value();
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
    return total(Statistics::sum);
  }

  NativeHistogram mean() {
    return total(Statistics::mean);
  }

  private NativeHistogram total(ToDoubleFunction<double[]> f) {
    int n = members.size();
    double[] zero = new double[n];
    double[] count = new double[n];
    double[] sum = new double[n];
    TreeMap<Integer, double[]> positive = new TreeMap<>();
    TreeMap<Integer, double[]> negative = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      NativeHistogram h = members.get(i);
      if (plain.isCustom()) {
        h = HistogramLayout.rebound(h, plain.bounds);
      } else {
        h = HistogramLayout.reduce(HistogramLayout.widen(h, plain.zeroThreshold), plain.schema);
      }
      zero[i] = h.zeroCount;
      count[i] = h.count;
      sum[i] = h.sum;
      collect(h.positive, positive, i, n);
      collect(h.negative, negative, i, n);
    }
    return new NativeHistogram(
            plain.schema,
            plain.zeroThreshold,
            f.applyAsDouble(zero),
            f.applyAsDouble(count),
            f.applyAsDouble(sum),
            side(positive, f),
            side(negative, f),
            plain.bounds,
            plain.hint)
        .compact();
  }

  private static void collect(
      NativeHistogram.Side s, TreeMap<Integer, double[]> into, int member, int members) {
    for (int i = 0; i < s.size(); i++) {
      into.computeIfAbsent(s.indexes()[i], k -> new double[members])[member] = s.counts()[i];
    }
  }

  private static NativeHistogram.Side side(
      TreeMap<Integer, double[]> columns, ToDoubleFunction<double[]> f) {
    TreeMap<Integer, Double> out = new TreeMap<>();
    columns.forEach((index, column) -> out.put(index, f.applyAsDouble(column)));
    return HistogramLayout.side(out);
  }
}

package io.rezolus.libs.query;

import java.util.HashMap;
import java.util.Map;

/** Bounds of rates: the same change, over the shortest and the longest time it can have taken. */
final class RateBands {
  private RateBands() {}

  /** The range selector inside rate, irate or increase; null for any other call. */
  static Expr.MatrixSelector selector(Expr.Call call) {
    return switch (call.function().name()) {
      case "rate", "irate", "increase" ->
          ExprTree.bare(call.args().get(0)) instanceof Expr.MatrixSelector m
                  && m.selector().extension() == Expr.Extension.NONE
              ? m
              : null;
      default -> null;
    };
  }

  /**
   * For rate, irate and increase of a range selector; empty for anything else inside.
   *
   * @param shared when what the rate is computed with was read; null when that is no question
   */
  static Map<Labels, Band> of(Evaluator eval, Expr.Call call, SharedWindows shared) {
    Map<Labels, Band> out = new HashMap<>();
    Expr.MatrixSelector m = selector(call);
    if (m == null) {
      return out;
    }
    Map<Labels, StepSeries> values = new HashMap<>();
    eval.vector(call).forEach(s -> values.put(s.labels, s));
    long range = eval.context().positive(m.range());
    for (SourceSeries s : eval.select(m.selector(), range, 0)) {
      StepSeries value = values.get(s.labels());
      RowWindows windows = s.windows();
      if (value != null && windows != null) {
        Window w =
            new Window(
                eval,
                m.selector().timing(),
                s.samples().withoutStale(),
                range,
                Expr.Extension.NONE);
        RowWindows read = shared == null ? windows : shared.widen(windows);
        out.put(s.labels(), band(call.function().name(), w, read, value));
      }
    }
    return out;
  }

  private static Band band(String function, Window w, RowWindows windows, StepSeries value) {
    Band out = Band.unknown(value.values.length);
    ResetIndex resets = new ResetIndex(w.samples);
    double factor = function.equals("increase") ? w.range / 1e9 : 1;
    for (int t = 0; t < value.values.length; t++) {
      w.move(t);
      if (!value.isFloat(t) || w.size() < 2) {
        continue;
      }
      int from = function.equals("irate") ? w.to - 2 : w.from;
      int to = w.to - 1;
      int first = windows.row(w.samples.times[from]);
      int last = windows.row(w.samples.times[to]);
      if (first < 0 || last < 0) {
        continue;
      }
      double change = w.samples.difference(from, to) + resets.lost(w.samples, from, to + 1);
      long longest = windows.end()[last] - windows.begin()[first];
      long shortest = windows.begin()[last] - windows.end()[first];
      if (shortest <= 0) {
        continue;
      }
      double v = value.values[t];
      double low = change / (longest / 1e9) * factor;
      double high = change / (shortest / 1e9) * factor;
      out.set(t, Math.min(v, Math.min(low, high)), Math.max(v, Math.max(low, high)));
    }
    return out;
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of each float on its own; histograms are left out. */
final class ElementFunctions {
  private ElementFunctions() {}

  /** A number from an element and a step. */
  interface Cell {
    double at(double value, int step);
  }

  static Value.Vector cells(Evaluator eval, Expr argument, Cell f) {
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : eval.vector(argument)) {
      StepSeries r = new StepSeries(s.labels, true, eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (s.isFloat(t)) {
          r.set(t, f.at(s.values[t], t));
        }
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
    }
    return new Value.Vector(out);
  }

  /** The vector without its histograms. */
  static Value.Vector floatsOnly(Evaluator eval, List<StepSeries> series) {
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : series) {
      StepSeries r = new StepSeries(s.labels, s.dropName, eval.steps());
      for (int t = 0; t < eval.steps(); t++) {
        if (s.isFloat(t)) {
          r.set(t, s.values[t]);
        }
      }
      out.add(r);
    }
    return new Value.Vector(out);
  }

  /** The body of a function of each element alone. */
  record OfElement(DoubleUnaryOperator function) implements Function.Implementation {
    @Override
    public Value apply(Evaluator eval, Expr.Call call) {
      return cells(eval, call.args().get(0), (v, t) -> function.applyAsDouble(v));
    }
  }

  static Value round(Evaluator e, Expr.Call c) {
    return cells(e, c.args().get(0), rounding(e, c));
  }

  /** To the nearest multiple, ties up; computed with the inverse, which is exact for decimals. */
  static Cell rounding(Evaluator e, Expr.Call c) {
    double[] to = c.args().size() > 1 ? e.scalar(c.args().get(1)) : e.constant(1).values();
    return (v, t) -> {
      double inverse = 1 / to[t];
      return Math.floor(v * inverse + 0.5) / inverse;
    };
  }

  /** The smaller number; the smallest of all is smaller than NaN, as Prometheus has it. */
  private static double lesser(double a, double b) {
    double least = Double.NEGATIVE_INFINITY;
    return a == least || b == least ? least : Math.min(a, b);
  }

  private static double greater(double a, double b) {
    return -lesser(-a, -b);
  }

  static Cell clamping(Evaluator e, Expr.Call c) {
    double[] low = e.scalar(c.args().get(1));
    double[] high = e.scalar(c.args().get(2));
    return (v, t) -> greater(low[t], lesser(high[t], v));
  }

  static Value clamp(Evaluator e, Expr.Call c) {
    double[] low = e.scalar(c.args().get(1));
    double[] high = e.scalar(c.args().get(2));
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : cells(e, c.args().get(0), clamping(e, c)).series()) {
      for (int t = 0; t < e.steps(); t++) {
        s.present[t] &= !(low[t] > high[t]);
      }
      if (!s.isEmpty()) {
        out.add(s);
      }
    }
    return new Value.Vector(out);
  }

  /** clamp_min and clamp_max. */
  static Cell bounding(Evaluator e, Expr.Call c) {
    double[] b = e.scalar(c.args().get(1));
    return c.function().name().equals("clamp_min")
        ? (v, t) -> greater(v, b[t])
        : (v, t) -> lesser(v, b[t]);
  }

  static Value bound(Evaluator e, Expr.Call c) {
    return cells(e, c.args().get(0), bounding(e, c));
  }

  static Function.Implementation extreme(boolean max) {
    return (e, c) -> {
      double[] a = e.scalar(c.args().get(0));
      double[] b = e.scalar(c.args().get(1));
      double[] out = new double[a.length];
      Arrays.setAll(out, i -> max ? Math.max(a[i], b[i]) : Math.min(a[i], b[i]));
      return new Value.Scalar(out);
    };
  }

  /** Warns about a first argument that is no valid quantile. */
  static Function.Implementation checkedQuantile(Function.Implementation body) {
    return (e, c) -> {
      checkQuantile(e, c.args().get(0), e.scalar(c.args().get(0)));
      return body.apply(e, c);
    };
  }

  static void checkQuantile(Evaluator e, Expr at, double[] q) {
    for (double d : q) {
      if (!(d >= 0 && d <= 1)) {
        e.notes().warn(at, Notes.quantile(d));
      }
    }
  }

  static void row(Window w, int row, StepSeries out, int step) {
    if (w.size() == 0) {
      return;
    }
    NativeHistogram h = w.histogram(row);
    if (h != null) {
      out.set(step, h);
    } else {
      out.set(step, w.value(row));
    }
  }

  /** The only float element, or NaN. */
  static Value scalar(Evaluator e, Expr.Call c) {
    double[] out = new double[e.steps()];
    int[] seen = new int[e.steps()];
    for (StepSeries s : e.vector(c.args().get(0))) {
      for (int t = 0; t < out.length; t++) {
        if (s.isFloat(t)) {
          out[t] = s.values[t];
          seen[t]++;
        }
      }
    }
    for (int t = 0; t < out.length; t++) {
      out[t] = seen[t] == 1 ? out[t] : Double.NaN;
    }
    return new Value.Scalar(out);
  }

  static Value vector(Evaluator e, Expr.Call c) {
    boolean[] present = new boolean[e.steps()];
    Arrays.fill(present, true);
    return new Value.Vector(
        List.of(new StepSeries(Labels.EMPTY, false, e.scalar(c.args().get(0)), present, null)));
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Evaluates expressions, each over all steps of a grid at once. */
final class Evaluator {
  private final Context context;
  private final StepGrid grid;
  private final boolean exactHints;
  private final H2Interval intervals;

  Evaluator(Context context, StepGrid grid) {
    this(context, grid, false, null);
  }

  private Evaluator(Context context, StepGrid grid, boolean exactHints, H2Interval intervals) {
    this.intervals = intervals;
    this.context = context;
    this.grid = grid;
    this.exactHints = exactHints;
  }

  /** The same, with histograms that always know whether their counter restarted before them. */
  Evaluator withExactHints() {
    return new Evaluator(context, grid, true, intervals);
  }

  /** The same, with H2 selectors giving what was counted since the step before. */
  Evaluator withIntervals(H2Interval i) {
    return new Evaluator(context, grid, exactHints, i);
  }

  /** Null when selectors give cumulative H2 histograms. */
  H2Interval intervals() {
    return intervals;
  }

  Context context() {
    return context;
  }

  StepGrid grid() {
    return grid;
  }

  Annotations notes() {
    return context.notes();
  }

  int steps() {
    return grid.count();
  }

  /** Value of any expression but a range vector. */
  Value eval(Expr e) {
    context.budget().check();
    if (e instanceof Expr.NumberLiteral n) {
      return constant(n.value());
    } else if (e instanceof Expr.StringLiteral s) {
      return new Value.Text(s.value());
    } else if (e instanceof Expr.VectorSelector v) {
      return InstantSelector.evaluate(this, v);
    } else if (e instanceof Expr.Call c) {
      return c.function().body().apply(this, c);
    } else if (e instanceof Expr.Aggregate a) {
      return new Aggregation(this, a).evaluate();
    } else if (e instanceof Expr.Binary b) {
      return new BinaryOperation(this, b).evaluate();
    } else if (e instanceof Expr.Unary u) {
      return negate(u);
    } else if (e instanceof Expr.Paren p) {
      return eval(p.expr());
    }
    throw new QueryException(QueryException.Kind.EXECUTION, "a range vector is not a result here");
  }

  Value.Scalar constant(double value) {
    double[] values = new double[steps()];
    Arrays.fill(values, value);
    return new Value.Scalar(values);
  }

  double[] scalar(Expr e) {
    return ((Value.Scalar) eval(e)).values();
  }

  List<StepSeries> vector(Expr e) {
    return ((Value.Vector) eval(e)).series();
  }

  String text(Expr e) {
    return ((Value.Text) eval(e)).value();
  }

  private Value negate(Expr.Unary u) {
    Value v = eval(u.expr());
    if (!u.minus()) {
      return v;
    }
    if (v instanceof Value.Scalar s) {
      return new Value.Scalar(Arrays.stream(s.values()).map(d -> -d).toArray());
    }
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : ((Value.Vector) v).series()) {
      StepSeries n = new StepSeries(s.labels, true, steps());
      for (int t = 0; t < steps(); t++) {
        if (s.isFloat(t)) {
          n.set(t, -s.values[t]);
        } else if (s.isH2(t)) {
          n.present[t] = true;
        } else if (s.present[t]) {
          n.set(t, s.histogram(t).negate());
        }
      }
      if (s.h2 != null) {
        n.h2 = s.h2.scale(constant(-1).values());
      }
      out.add(n);
    }
    return new Value.Vector(out);
  }

  /** The series of a selector, with samples from {@code before} to {@code after} its steps. */
  List<SourceSeries> select(Expr.VectorSelector v, long before, long after) {
    long a = context.reference(v.timing(), grid.start());
    long b = context.reference(v.timing(), grid.last());
    long from = Math.min(a, b) - before;
    long to = Math.max(a, b) + after;
    if (context.source() instanceof CatalogSource catalog) {
      // refused before anything is decoded; what is decoded is counted as it is held
      long bytes = catalog.estimateBytes(v.matchers(), from, to);
      context.budget().takeBytes(bytes);
      context.budget().giveBytes(bytes);
    }
    List<SourceSeries> found = context.source().select(v.matchers(), from, to);
    if (found.isEmpty()) {
      Hints.missing(this, v);
    }
    if (!exactHints) {
      return found;
    }
    return found.stream()
        .map(s -> new SourceSeries(s.labels(), HistogramReset.exact(s.samples())))
        .toList();
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs a range function over the windows of all series and steps. */
final class RangeCall {
  private static final Set<String> ANCHORED =
      Set.of("changes", "delta", "increase", "rate", "resets");
  private static final Set<String> SMOOTHED = Set.of("delta", "increase", "rate");

  private final Evaluator eval;
  private final Expr argument;
  private final double[][] scalars;
  private final String function;
  private RangeInput.Series series;
  private ResetIndex resets;
  private WindowIndex index;

  private RangeCall(Evaluator eval, String function, Expr argument, double[][] scalars) {
    this.function = function;
    this.eval = eval;
    this.argument = argument;
    this.scalars = scalars;
  }

  /**
   * The body of a function whose argument {@code at} is the range vector; the others are scalars.
   */
  static Function.Implementation of(RangeFunction f, int at, boolean keepName) {
    return new Body(f, at, keepName);
  }

  static void checkExtension(String function, Expr argument) {
    Expr e = argument;
    while (e instanceof Expr.Paren p) {
      e = p.expr();
    }
    if (!(e instanceof Expr.MatrixSelector m) || m.selector().extension() == Expr.Extension.NONE) {
      return;
    }
    boolean anchored = m.selector().extension() == Expr.Extension.ANCHORED;
    Set<String> allowed = anchored ? ANCHORED : SMOOTHED;
    if (!allowed.contains(function)) {
      throw new QueryException(
          QueryException.Kind.EXECUTION,
          (anchored ? "anchored" : "smoothed")
              + " modifier can only be used with: "
              + String.join(", ", allowed.stream().sorted().toList())
              + " - not with "
              + function);
    }
  }

  /** The body of a range function, which also gives its series one at a time. */
  private record Body(RangeFunction f, int at, boolean keepName)
      implements Function.Implementation {
    @Override
    public Value apply(Evaluator eval, Expr.Call call) {
      List<StepSeries> out = new ArrayList<>();
      prepare(eval, call).run(f, keepName, true, out::add);
      return new Value.Vector(out);
    }

    RangeCall prepare(Evaluator eval, Expr.Call call) {
      Expr argument = call.args().get(at);
      checkExtension(call.function().name(), argument);
      double[][] scalars = new double[call.args().size()][];
      for (int i = 0; i < scalars.length; i++) {
        scalars[i] = i == at ? null : eval.scalar(call.args().get(i));
      }
      return new RangeCall(eval, call.function().name(), argument, scalars);
    }
  }

  /** Whether {@link #stream} can do a call. */
  static boolean streams(Expr.Call call) {
    return call.function().body() instanceof Body;
  }

  /** Hands out the series of a call one after another; none may be kept. */
  static void stream(Evaluator eval, Expr.Call call, Consumer<StepSeries> to) {
    Body body = (Body) call.function().body();
    body.prepare(eval, call).run(body.f, body.keepName, false, to);
  }

  private void run(RangeFunction f, boolean keepName, boolean kept, Consumer<StepSeries> to) {
    double[] values = null;
    boolean[] present = null;
    for (RangeInput.Series s : RangeInput.of(eval, argument).series()) {
      series = s;
      resets = null;
      if (kept || values == null) {
        eval.context().budget().take(eval.steps());
        values = new double[eval.steps()];
        present = new boolean[eval.steps()];
      } else {
        Arrays.fill(values, 0);
        Arrays.fill(present, false);
      }
      StepSeries r = new StepSeries(s.labels(), !keepName || s.dropName(), values, present, null);
      long before = eval.context().budget().bytes();
      fill(f, s.window(), r);
      if (!r.isEmpty()) {
        to.accept(r);
      }
      if (!kept) {
        eval.context().budget().giveBytes(eval.context().budget().bytes() - before);
      }
      eval.context().budget().give(s.samples().size);
    }
  }

  private void fill(RangeFunction f, Window w, StepSeries r) {
    if (w.samples.h2 != null) {
      H2Range.apply(eval, function, w, r);
      return;
    }
    if (RateColumn.handles(f, w)) {
      eval.context().budget().check();
      Rate rate = (Rate) f;
      if (index == null || index.times != w.samples.times) {
        index = new WindowIndex(w, eval.steps(), rate.perSecond());
      }
      boolean resets = rate.isCounter() && !w.samples.isMonotone();
      RateColumn.apply(rate, w, index, resets ? resets() : null, r);
      return;
    }
    for (int t = 0; t < eval.steps(); t++) {
      eval.context().budget().checkAt(t);
      w.move(t);
      if (w.size() > 0 || w.extended()) {
        f.apply(this, w, r, t);
      }
    }
  }

  Labels labels() {
    return series.labels();
  }

  double scalar(int argument, int step) {
    return scalars[argument][step];
  }

  ResetIndex resets() {
    if (resets == null) {
      resets = new ResetIndex(series.samples());
    }
    return resets;
  }

  void warn(String text) {
    eval.notes().warn(argument, text);
  }

  void info(String text) {
    eval.notes().info(argument, text);
  }
}

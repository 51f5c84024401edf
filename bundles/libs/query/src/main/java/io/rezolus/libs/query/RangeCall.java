package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    return (eval, call) -> {
      Expr argument = call.args().get(at);
      checkExtension(call.function().name(), argument);
      double[][] scalars = new double[call.args().size()][];
      for (int i = 0; i < scalars.length; i++) {
        scalars[i] = i == at ? null : eval.scalar(call.args().get(i));
      }
      return new RangeCall(eval, call.function().name(), argument, scalars).run(f, keepName);
    };
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

  private Value run(RangeFunction f, boolean keepName) {
    List<StepSeries> out = new ArrayList<>();
    RangeInput input = RangeInput.of(eval, argument);
    for (RangeInput.Series s : input.series()) {
      series = s;
      resets = null;
      eval.context().budget().take(eval.steps());
      StepSeries r = new StepSeries(s.labels(), !keepName || s.dropName(), eval.steps());
      Window w = s.window();
      if (s.samples().h2 != null) {
        H2Range.apply(eval, function, w, r);
      }
      for (int t = 0; s.samples().h2 == null && t < eval.steps(); t++) {
        eval.context().budget().checkAt(t);
        w.move(t);
        if (w.size() > 0 || w.extended()) {
          f.apply(this, w, r, t);
        }
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
      eval.context().budget().give(s.samples().size);
    }
    return new Value.Vector(out);
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

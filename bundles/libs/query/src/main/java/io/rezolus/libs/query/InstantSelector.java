package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** The newest sample of each series at each step. */
final class InstantSelector {
  private InstantSelector() {}

  static Value.Vector evaluate(Evaluator eval, Expr.VectorSelector v) {
    List<StepSeries> out = new ArrayList<>();
    boolean smoothed = v.extension() == Expr.Extension.SMOOTHED;
    long lookback = eval.context().options().lookbackNanos();
    List<SourceSeries> found = eval.select(v, lookback, smoothed ? lookback : 0);
    eval.context().budget().requireElements(found.size(), eval.steps());
    RowsAtSteps rows = new RowsAtSteps(eval, v.timing());
    for (SourceSeries s : ReadAhead.of(found)) {
      eval.context().budget().take(eval.steps());
      StepSeries r = new StepSeries(s.labels(), false, eval.steps());
      Samples samples = smoothed ? s.samples().withoutStale() : s.samples();
      if (!smoothed && RowsAtSteps.handles(samples)) {
        rows.copy(samples, r);
        if (!r.isEmpty()) {
          out.add(r);
        }
        continue;
      }
      Cursor cursor = new Cursor(eval, v, samples);
      if (samples.h2 != null && eval.intervals() != null) {
        H2Range.interval(eval, v.timing(), samples, eval.intervals().nanos(), r);
        if (!r.isEmpty()) {
          out.add(r);
        }
        continue;
      }
      for (int t = 0; t < eval.steps(); t++) {
        eval.context().budget().checkAt(t);
        int row = cursor.move(t);
        if (samples.h2 != null) {
          if (row >= 0) {
            H2Range.row(eval, samples, row, r, t);
          }
        } else if (smoothed) {
          Interpolation.set(r, t, eval, v, samples, cursor.reference, lookback);
        } else if (row >= 0) {
          NativeHistogram h = samples.histogram(row);
          if (h != null) {
            r.set(t, h);
          } else {
            r.set(t, samples.value(row));
          }
        }
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
    }
    return new Value.Vector(out);
  }

  /** A time taken from the row behind each element, in seconds; histogram rows count too. */
  static Value.Vector times(Evaluator eval, Expr.VectorSelector v, boolean start) {
    List<StepSeries> out = new ArrayList<>();
    long lookback = eval.context().options().lookbackNanos();
    for (SourceSeries s : eval.select(v, lookback, 0)) {
      eval.context().budget().take(eval.steps());
      StepSeries r = new StepSeries(s.labels(), true, eval.steps());
      Samples samples = s.samples();
      Cursor cursor = new Cursor(eval, v, samples);
      for (int t = 0; t < eval.steps(); t++) {
        int row = cursor.move(t);
        if (row < 0) {
          continue;
        }
        long time = start ? samples.start(row) : samples.time(row);
        r.set(t, time / 1e9);
      }
      if (!r.isEmpty()) {
        out.add(r);
      }
    }
    return new Value.Vector(out);
  }

  private static final class Cursor {
    private final Evaluator eval;
    private final Expr.VectorSelector selector;
    private final Samples samples;
    private final long lookback;
    private int next;
    private int ended;
    private long reference;

    Cursor(Evaluator eval, Expr.VectorSelector selector, Samples samples) {
      this.eval = eval;
      this.selector = selector;
      this.samples = samples;
      this.lookback = eval.context().options().lookbackNanos();
    }

    /** The row that counts at a step, -1 for none; steps are visited in order. */
    int move(int step) {
      reference = eval.context().reference(selector.timing(), eval.grid().time(step));
      if (step == 0) {
        next = samples.after(reference);
      } else {
        while (next < samples.size && samples.times[next] <= reference) {
          next++;
        }
      }
      int row = next - 1;
      boolean seen = row >= 0 && samples.times[row] > reference - lookback;
      return seen && !samples.isStale(row) && !over(samples.times[row]) ? row : -1;
    }

    /** Whether the series was seen to be gone after {@code time} and up to the reference. */
    private boolean over(long time) {
      if (samples.ends == null) {
        return false;
      }
      while (ended < samples.ends.length && samples.ends[ended] <= time) {
        ended++;
      }
      return ended < samples.ends.length && samples.ends[ended] <= reference;
    }
  }
}

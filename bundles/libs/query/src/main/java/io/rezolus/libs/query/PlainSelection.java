package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The answer to a selector by itself. Where there is exactly one row at each step, as when a
 * recording is looked at with its own interval, the rows are the answer and nothing is computed.
 */
final class PlainSelection {
  private final Evaluator eval;
  private final StepGrid grid;
  private final Expr.VectorSelector selector;

  /** The times that were looked at last, and their rows at the steps. */
  private long[] times;

  private int size;
  private int first;
  private long[] shared;

  private PlainSelection(Evaluator eval, Expr.VectorSelector selector) {
    this.eval = eval;
    this.grid = eval.grid();
    this.selector = selector;
  }

  /** Series in the order of their labels; null when it takes more than rows. */
  static List<QueryResult.Series> of(Evaluator eval, Expr expr) {
    return ExprTree.bare(expr) instanceof Expr.VectorSelector v
            && v.extension() == Expr.Extension.NONE
            && v.timing().equals(Timing.NONE)
        ? new PlainSelection(eval, v).series()
        : null;
  }

  private List<QueryResult.Series> series() {
    List<SourceSeries> found = eval.select(selector, eval.context().options().lookbackNanos(), 0);
    eval.context().budget().requireElements(found.size(), eval.steps());
    if (found.isEmpty() || !handles(found.get(0).samples())) {
      return null;
    }
    List<QueryResult.Series> out = new ArrayList<>(found.size());
    for (SourceSeries s : ReadAhead.of(found)) {
      Samples samples = s.samples();
      if (!handles(samples)) {
        return null;
      }
      eval.context().budget().take(eval.steps());
      out.add(new QueryResult.Series(s.labels(), rows(samples)));
    }
    out.sort((a, b) -> a.labels().compareTo(b.labels()));
    for (int i = 1; i < out.size(); i++) {
      if (out.get(i).labels().equals(out.get(i - 1).labels())) {
        return null;
      }
    }
    return out;
  }

  private boolean handles(Samples s) {
    if (!RowsAtSteps.handles(s) || s.size < grid.count()) {
      return false;
    }
    if (s.times != times || s.size != size) {
      find(s);
    }
    for (int i = first; shared != null && s.floats != null && i < first + grid.count(); i++) {
      if (s.isStale(i)) {
        return false;
      }
    }
    return shared != null;
  }

  private void find(Samples s) {
    times = s.times;
    size = s.size;
    first = s.after(grid.start()) - 1;
    shared = null;
    if (first < 0 || size - first < grid.count()) {
      return;
    }
    for (int i = 0; i < grid.count(); i++) {
      if (times[first + i] != grid.time(i)) {
        return;
      }
    }
    shared = whole() ? times : Arrays.copyOfRange(times, first, first + grid.count());
  }

  private boolean whole() {
    return first == 0 && times.length == grid.count();
  }

  private Samples rows(Samples s) {
    int to = first + grid.count();
    if (s.counters != null) {
      boolean all = whole() && s.counters.length == to;
      return Samples.counters(shared, all ? s.counters : Arrays.copyOfRange(s.counters, first, to));
    }
    boolean all = whole() && s.floats.length == to;
    return Samples.gauges(shared, all ? s.floats : Arrays.copyOfRange(s.floats, first, to));
  }
}

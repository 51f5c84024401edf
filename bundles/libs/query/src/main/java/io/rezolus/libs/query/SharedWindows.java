package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The time within which both sides of an operator were read. Two series of one acquisition were
 * read at the same moments, whichever these are; series of several acquisitions only have in common
 * the time that spans all of them.
 */
final class SharedWindows {
  private record Time(long begin, long end) {
    Time with(long from, long to) {
      return new Time(Math.min(begin, from), Math.max(end, to));
    }
  }

  private final Map<Long, Time> rows = new HashMap<>();

  private SharedWindows() {}

  /** Null where all rates within an expression are of one acquisition. */
  static SharedWindows of(Evaluator eval, Expr e) {
    List<RowWindows> all = new ArrayList<>();
    collect(eval, e, all);
    RowWindows first = all.isEmpty() ? null : all.get(0);
    if (all.stream().allMatch(w -> same(first, w))) {
      return null;
    }
    SharedWindows shared = new SharedWindows();
    all.forEach(shared::add);
    return shared;
  }

  private static void collect(Evaluator eval, Expr e, List<RowWindows> all) {
    Expr.MatrixSelector m = e instanceof Expr.Call c ? RateBands.selector(c) : null;
    if (m != null) {
      long range = eval.context().positive(m.range());
      for (SourceSeries s : eval.select(m.selector(), range, 0)) {
        RowWindows windows = s.windows();
        if (windows != null) {
          all.add(windows);
        }
      }
    }
    ExprTree.children(e).forEach(child -> collect(eval, child, all));
  }

  private static boolean same(RowWindows a, RowWindows b) {
    return Arrays.equals(a.times(), b.times())
        && Arrays.equals(a.begin(), b.begin())
        && Arrays.equals(a.end(), b.end());
  }

  private void add(RowWindows windows) {
    long[] times = windows.times();
    for (int i = 0; i < times.length; i++) {
      long begin = windows.begin()[i];
      long end = windows.end()[i];
      rows.merge(times[i], new Time(begin, end), (known, x) -> known.with(x.begin, x.end));
    }
  }

  /** Windows of a series, widened to those of the others at its rows. */
  RowWindows widen(RowWindows windows) {
    long[] begin = windows.begin().clone();
    long[] end = windows.end().clone();
    for (int i = 0; i < begin.length; i++) {
      Time time = rows.getOrDefault(windows.times()[i], new Time(begin[i], end[i]));
      begin[i] = time.begin;
      end[i] = time.end;
    }
    return new RowWindows(windows.times(), begin, end);
  }
}

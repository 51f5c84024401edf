package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the value of the whole expression into the answer. */
final class ResultBuilder {
  static final String DUPLICATE = "vector cannot contain metrics with the same labelset";
  private final Evaluator eval;
  private final StepGrid grid;
  private final long[] times;
  private final Annotations notes;
  private Map<Labels, Band> bands = Map.of();

  ResultBuilder(Evaluator eval, StepGrid grid, Annotations notes) {
    this.eval = eval;
    this.grid = grid;
    this.times = grid.times();
    this.notes = notes;
  }

  QueryResult build(Expr expr, boolean instant) {
    if (expr.type() == ValueType.MATRIX) {
      return rangeVector(expr);
    }
    if (Heatmaps.isHeatmap(expr)) {
      return Heatmaps.of(eval, expr);
    }
    List<QueryResult.Series> rows = instant ? null : PlainSelection.of(eval, expr);
    if (rows != null) {
      return new QueryResult.Matrix(rows, notes);
    }
    Value v = eval.eval(expr);
    if (v instanceof Value.Text t) {
      return new QueryResult.Text(grid.start(), t.value(), notes);
    }
    if (v instanceof Value.Scalar s) {
      if (instant) {
        return new QueryResult.Scalar(grid.start(), s.values()[0], notes);
      }
      boolean[] present = new boolean[grid.count()];
      Arrays.fill(present, true);
      StepSeries one = new StepSeries(Labels.EMPTY, false, s.values(), present, null);
      return new QueryResult.Matrix(List.of(points(Labels.EMPTY, one)), notes);
    }
    if (eval.context().options().bands()) {
      bands = new Bands(eval).of(expr);
    }
    List<QueryResult.Series> out = new ArrayList<>();
    merge(((Value.Vector) v).series()).forEach((l, s) -> out.add(points(l, s)));
    if (instant) {
      return new QueryResult.Vector(grid.start(), out, notes);
    }
    out.sort((a, b) -> a.labels().compareTo(b.labels()));
    return new QueryResult.Matrix(out, notes);
  }

  private QueryResult rangeVector(Expr expr) {
    List<QueryResult.Series> out = new ArrayList<>();
    for (RangeInput.Series s : RangeInput.of(eval, expr).series()) {
      Window w = s.window();
      w.move(0);
      if (w.extended() && w.size() > 0 && s.samples().histograms != null) {
        throw new QueryException(
            QueryException.Kind.EXECUTION,
            "anchored and smoothed modifiers do not work with native histograms on a bare selector");
      }
      if (w.size() > 0) {
        out.add(
            new QueryResult.Series(s.dropName() ? s.labels().withoutName() : s.labels(), w.copy()));
      }
    }
    out.sort((a, b) -> a.labels().compareTo(b.labels()));
    for (int i = 1; i < out.size(); i++) {
      if (out.get(i).labels().equals(out.get(i - 1).labels())) {
        throw new QueryException(QueryException.Kind.EXECUTION, DUPLICATE);
      }
    }
    return new QueryResult.Matrix(out, notes);
  }

  /** Drops the names and joins series that become the same; two points at a time are an error. */
  private static Map<Labels, StepSeries> merge(List<StepSeries> series) {
    Map<Labels, StepSeries> merged = new LinkedHashMap<>();
    for (StepSeries s : series) {
      if (s.isEmpty()) {
        continue;
      }
      Labels l = s.dropName ? s.labels.withoutName() : s.labels;
      StepSeries known = merged.get(l);
      if (known == null) {
        merged.put(l, s);
        continue;
      }
      StepSeries joined = new StepSeries(l, false, s.values.length);
      for (int t = 0; t < s.values.length; t++) {
        if (s.present[t] && known.present[t]) {
          throw new QueryException(QueryException.Kind.EXECUTION, DUPLICATE);
        }
        if (s.present[t] || known.present[t]) {
          joined.copy(t, s.present[t] ? s : known);
        }
      }
      merged.put(l, joined);
    }
    return merged;
  }

  private QueryResult.Series points(Labels labels, StepSeries s) {
    Band band = bands.get(s.labels);
    return new QueryResult.Series(
        labels,
        SubqueryInput.samples(s, times),
        band == null ? null : band.rows(s.present, s.values));
  }
}

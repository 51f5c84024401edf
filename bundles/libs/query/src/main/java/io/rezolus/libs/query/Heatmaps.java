package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts of every bucket at every step, as they are drawn. */
final class Heatmaps {
  private Heatmaps() {}

  /** The function stands for itself only at the top of a query. */
  static Value inside(Evaluator e, Expr.Call c) {
    throw new QueryException(
        QueryException.Kind.EXECUTION, c.function().name() + "() has to be the whole query");
  }

  static boolean isHeatmap(Expr e) {
    return ExprTree.bare(e) instanceof Expr.Call c && c.function().name().equals(Functions.HEATMAP);
  }

  static QueryResult.Heatmap of(Evaluator e, Expr expr) {
    List<QueryResult.HeatmapSeries> out = new ArrayList<>();
    Expr.Call call = (Expr.Call) ExprTree.bare(expr);
    for (StepSeries s : Strides.argument(e, call, 0)) {
      if (s.h2 != null) {
        out.add(series(e, s));
      } else {
        e.notes().info(call, "ignored what is no H2 histogram in " + Functions.HEATMAP);
      }
    }
    out.sort((a, b) -> a.labels().compareTo(b.labels()));
    return new QueryResult.Heatmap(out, e.notes());
  }

  private static QueryResult.HeatmapSeries series(Evaluator e, StepSeries s) {
    int width = s.h2.width();
    int first = width;
    int last = -1;
    int n = 0;
    int steps = 0;
    for (int t = 0; t < e.steps(); t++) {
      steps += s.isH2(t) ? 1 : 0;
      for (int k = 0; s.isH2(t) && k < width; k++) {
        if (s.h2.counts[t * width + k] != 0) {
          n++;
          first = Math.min(first, k);
          last = Math.max(last, k);
        }
      }
    }
    e.context().budget().takeBytes(16L * n);
    long[] times = new long[steps];
    int[] time = new int[n];
    int[] bucket = new int[n];
    double[] count = new double[n];
    int at = 0;
    int row = 0;
    for (int t = 0; t < e.steps(); t++) {
      if (!s.isH2(t)) {
        continue;
      }
      for (int k = 0; k < width; k++) {
        if (s.h2.counts[t * width + k] != 0) {
          time[at] = row;
          bucket[at] = s.h2.buckets[k] - s.h2.buckets[first];
          count[at++] = s.h2.counts[t * width + k];
        }
      }
      times[row++] = e.grid().time(t);
    }
    double[] bounds = new double[last < 0 ? 0 : s.h2.buckets[last] - s.h2.buckets[first] + 1];
    int lowest = last < 0 ? 0 : s.h2.buckets[first];
    Arrays.setAll(bounds, i -> H2Rows.unsigned(s.h2.config.upper(lowest + i)));
    return new QueryResult.HeatmapSeries(
        s.labels.withoutName(), times, bounds, time, bucket, count);
  }
}

package io.rezolus.libs.query;

/** Range functions of H2 series. */
final class H2Range {
  private H2Range() {}

  /** What a function gives over the windows of a series; nothing for those of floats only. */
  static void apply(Evaluator eval, String function, Window w, StepSeries out) {
    switch (function) {
      case "rate", "increase", "delta" -> {
        boolean counter = !function.equals("delta");
        H2Change change = new H2Change(w.samples.h2, counter);
        boolean perSecond = function.equals("rate");
        steps(eval, w, out, (h, at) -> change.window(w, h.counts, at, perSecond));
      }
      case "irate", "idelta" -> {
        boolean counter = function.equals("irate");
        H2Change change = new H2Change(w.samples.h2, counter);
        steps(eval, w, out, (h, at) -> pair(change, w, h.counts, at, counter));
      }
      case "sum_over_time", "avg_over_time" -> {
        H2Change rows = new H2Change(w.samples.h2, false);
        boolean mean = function.equals("avg_over_time");
        steps(
            eval,
            w,
            out,
            (h, at) -> {
              double factor = mean ? 1.0 / w.size() : 1;
              for (int i = w.from; i < w.to; i++) {
                rows.whole(h.counts, at, i, factor);
              }
              return w.size() > 0;
            });
      }
      case "first_over_time", "last_over_time" -> {
        H2Change rows = new H2Change(w.samples.h2, false);
        boolean first = function.equals("first_over_time");
        steps(
            eval,
            w,
            out,
            (h, at) -> {
              if (w.size() > 0) {
                rows.whole(h.counts, at, first ? w.from : w.to - 1, 1);
              }
              return w.size() > 0;
            });
      }
      default -> numbers(eval, function, w, out);
    }
  }

  private static boolean pair(H2Change change, Window w, double[] out, int at, boolean perSecond) {
    if (w.size() < 2) {
      return false;
    }
    int i = w.to - 1;
    double seconds = perSecond ? (w.samples.times[i] - w.samples.times[i - 1]) / 1e9 : 1;
    change.add(out, at, i - 1, i, 1 / seconds);
    return true;
  }

  /** Fills one step; counts start at an offset and are zero. */
  private interface Fill {
    boolean at(H2Steps h, int offset);
  }

  private static void steps(Evaluator eval, Window w, StepSeries out, Fill fill) {
    H2Rows rows = w.samples.h2;
    eval.context().budget().takeBytes(8L * rows.buckets.length * eval.steps());
    H2Steps h = new H2Steps(rows.config, rows.buckets, eval.steps());
    for (int t = 0; t < eval.steps(); t++) {
      eval.context().budget().checkAt(t);
      w.move(t);
      if (fill.at(h, t * h.width())) {
        h.present[t] = true;
        out.present[t] = true;
      }
    }
    out.h2 = h;
  }

  private static void numbers(Evaluator eval, String function, Window w, StepSeries out) {
    int[] resets = w.samples.h2.resets();
    for (int t = 0; t < eval.steps(); t++) {
      w.move(t);
      if (w.size() == 0) {
        continue;
      }
      int from = w.extension == Expr.Extension.ANCHORED ? ExtendedWindow.first(w) : w.from;
      switch (function) {
        case "count_over_time" -> out.set(t, w.size());
        case "present_over_time" -> out.set(t, 1);
        case "ts_of_first_over_time" -> out.set(t, w.time(0) / 1e9);
        case "ts_of_last_over_time" -> out.set(t, w.time(w.size() - 1) / 1e9);
        case "resets" -> out.set(t, resets == null ? 0 : resets[w.to - 1] - resets[from]);
        case "changes" -> out.set(t, w.samples.h2.changes(from, w.to));
        default -> {
          // of floats only, as for any other histogram
        }
      }
    }
  }

  /** What was counted in the time before each step; nothing where nothing was. */
  static void interval(Evaluator eval, Timing timing, Samples s, long nanos, StepSeries out) {
    Window w = new Window(eval, timing, s, nanos, Expr.Extension.SMOOTHED);
    H2Change change = new H2Change(s.h2, true);
    steps(
        eval,
        w,
        out,
        (h, at) -> {
          if (!change.window(w, h.counts, at, false)) {
            return false;
          }
          for (int k = 0; k < h.width(); k++) {
            if (h.counts[at + k] != 0) {
              return true;
            }
          }
          return false;
        });
  }

  /** The newest row at a step. */
  static void row(Evaluator eval, Samples s, int row, StepSeries out, int step) {
    if (out.h2 == null) {
      eval.context().budget().takeBytes(8L * s.h2.buckets.length * eval.steps());
      out.h2 = new H2Steps(s.h2.config, s.h2.buckets, eval.steps());
    }
    int n = out.h2.width();
    for (int k = 0; k < n; k++) {
      out.h2.counts[step * n + k] = s.h2.count(row * n + k);
    }
    out.h2.present[step] = true;
    out.present[step] = true;
  }
}

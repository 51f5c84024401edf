package io.rezolus.libs.query;

/**
 * The newest row at each step, found once for all series that have the same array of times, as
 * those of a table without gaps have. Only for numbers of series that were never seen to be gone.
 */
final class RowsAtSteps {
  private final Evaluator eval;
  private final Timing timing;
  private final int[] rows;
  private long[] times;
  private int size;

  RowsAtSteps(Evaluator eval, Timing timing) {
    this.eval = eval;
    this.timing = timing;
    rows = new int[eval.steps()];
  }

  static boolean handles(Samples s) {
    return s.ends == null && s.histograms == null && s.h2 == null;
  }

  /** Sets what a series has at the steps. */
  void copy(Samples samples, StepSeries out) {
    if (samples.times != times || samples.size != size) {
      find(samples);
    }
    if (samples.counters != null) {
      counters(samples.counters, out);
    } else {
      floats(samples, out);
    }
  }

  private void counters(long[] counters, StepSeries out) {
    double[] values = out.values;
    boolean[] present = out.present;
    for (int t = 0; t < values.length; t++) {
      int row = rows[t];
      if (row >= 0) {
        long count = counters[row];
        values[t] = count >= 0 ? count : H2Rows.unsigned(count);
        present[t] = true;
      }
    }
  }

  private void floats(Samples samples, StepSeries out) {
    for (int t = 0; t < rows.length; t++) {
      if (rows[t] >= 0 && !samples.isStale(rows[t])) {
        out.set(t, samples.value(rows[t]));
      }
    }
  }

  private void find(Samples samples) {
    long lookback = eval.context().options().lookbackNanos();
    times = samples.times;
    size = samples.size;
    int next = 0;
    for (int t = 0; t < rows.length; t++) {
      long reference = eval.context().reference(timing, eval.grid().time(t));
      if (t == 0) {
        next = samples.after(reference);
      }
      while (next < size && times[next] <= reference) {
        next++;
      }
      rows[t] = next > 0 && times[next - 1] > reference - lookback ? next - 1 : -1;
    }
  }
}

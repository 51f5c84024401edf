package io.rezolus.libs.query;

/**
 * Change of a series of H2 histograms over windows. A restart, which shows as a bucket that
 * shrinks, makes everything the new row counts new.
 */
final class H2Change {
  private final H2Rows rows;
  private final int width;
  private final boolean counter;

  /** {@code resets[i]} counts the restarts up to row i; null when there was none. */
  private final int[] resets;

  H2Change(H2Rows rows, boolean counter) {
    this.rows = rows;
    this.width = rows.buckets.length;
    this.counter = counter;
    this.resets = counter ? rows.resets() : null;
  }

  /** Adds what was counted from row {@code p} to row {@code q}, times a factor. */
  void add(double[] out, int at, int p, int q, double factor) {
    if (p >= q) {
      return;
    }
    if (resets == null || resets[p] == resets[q]) {
      difference(out, at, p, q, factor);
      return;
    }
    int from = p;
    for (int i = p + 1; i <= q; i++) {
      if (resets[i] != resets[i - 1]) {
        difference(out, at, from, i - 1, factor);
        whole(out, at, i, factor);
        from = i;
      }
    }
    difference(out, at, from, q, factor);
  }

  void whole(double[] out, int at, int row, double factor) {
    int i = row * width;
    for (int k = 0; k < width; k++) {
      out[at + k] += rows.count(i + k) * factor;
    }
  }

  private void difference(double[] out, int at, int p, int q, double factor) {
    long[] c = rows.counts;
    int a = p * width;
    int b = q * width;
    if (c == null) {
      for (int k = 0; k < width; k++) {
        out[at + k] += (rows.floats[b + k] - rows.floats[a + k]) * factor;
      }
      return;
    }
    for (int k = 0; k < width; k++) {
      long d = c[b + k] - c[a + k];
      if (d != 0) {
        boolean less = Long.compareUnsigned(c[b + k], c[a + k]) < 0;
        out[at + k] += (less ? -H2Rows.unsigned(-d) : H2Rows.unsigned(d)) * factor;
      }
    }
  }

  /**
   * Adds the change over a window.
   *
   * @return whether there is one
   */
  boolean window(Window w, double[] out, int at, boolean perSecond) {
    double seconds = perSecond ? w.range / 1e9 : 1;
    Samples s = w.samples;
    if (!w.extended()) {
      if (w.size() < 2) {
        return false;
      }
      add(out, at, w.from, w.to - 1, 1);
      double change = 0;
      for (int k = 0; k < width; k++) {
        change += out[at + k];
      }
      double first = rows.totals()[w.from];
      double factor = Extrapolation.factor(w, counter, false, first, change) / seconds;
      for (int k = 0; k < width; k++) {
        out[at + k] *= factor;
      }
      return true;
    }
    int first = ExtendedWindow.first(w);
    int last = ExtendedWindow.last(w);
    if (last < first || s.times[last] <= w.start || s.times[first] > w.end) {
      return false;
    }
    double left = 0;
    double right = 1;
    if (ExtendedWindow.interpolatesLeft(w, first)) {
      left = Interpolation.weight(s, first, first + 1, w.start);
    }
    if (ExtendedWindow.interpolatesRight(w, first, last)) {
      right = Interpolation.weight(s, last - 1, last, w.end);
    }
    if (last == first + 1) {
      add(out, at, first, last, (right - left) / seconds);
    } else if (last > first) {
      add(out, at, first, first + 1, (1 - left) / seconds);
      add(out, at, first + 1, last - 1, 1 / seconds);
      add(out, at, last - 1, last, right / seconds);
    }
    return true;
  }
}

package io.rezolus.libs.query;

/** Positions of the restarts of a counter, found once per series. */
final class ResetIndex {
  private final int[] before;

  /** {@code before[i]} counts the restarts up to row i. */
  ResetIndex(Samples s) {
    before = new int[s.size];
    for (int i = 1; i < s.size; i++) {
      boolean floats = s.histogram(i) == null && s.histogram(i - 1) == null;
      boolean reset = floats && (s.decreases(i) || s.starts != null && StartTimes.reset(s, i));
      before[i] = before[i - 1] + (reset ? 1 : 0);
    }
  }

  int count(int from, int to) {
    return to - from < 2 ? 0 : before[to - 1] - before[from];
  }

  /** Sum of what the counter showed just before each restart between the rows. */
  double lost(Samples s, int from, int to) {
    if (count(from, to) == 0) {
      return 0;
    }
    double sum = 0;
    for (int i = from + 1; i < to; i++) {
      if (before[i] != before[i - 1]) {
        sum += s.value(i - 1);
      }
    }
    return sum;
  }
}

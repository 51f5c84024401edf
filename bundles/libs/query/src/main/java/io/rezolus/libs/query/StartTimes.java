package io.rezolus.libs.query;

/** What start timestamps say about restarts between samples. */
final class StartTimes {
  private StartTimes() {}

  /** Whether row {@code i} began after the row before it. */
  static boolean reset(Samples s, int i) {
    long start = s.start(i);
    if (start == 0 || start >= s.times[i]) {
      return false;
    }
    long before = s.times[i - 1];
    long earlier = s.start(i - 1);
    return start > before || start == before && earlier != 0 && earlier < before;
  }

  static boolean overlaps(Samples s, int i) {
    long start = s.start(i);
    return start != 0 && start < s.times[i - 1] && start != s.start(i - 1);
  }

  /** Whether the counter is known to have been zero inside the window before its first row. */
  static boolean zeroInside(Window w) {
    long start = w.samples.start(w.from);
    return start != 0 && start > w.start && start < w.samples.times[w.from];
  }
}

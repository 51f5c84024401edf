package io.rezolus.libs.query;

/** Times in test files. */
final class TestTime {
  private TestTime() {}

  static long nanos(String s) {
    if (s.equals("0")) {
      return 0;
    }
    boolean negative = s.startsWith("-");
    double d = Numbers.duration(negative ? s.substring(1) : s);
    if (Double.isNaN(d)) {
      throw new IllegalArgumentException("not a duration: " + s);
    }
    return Math.round(d * 1000) * (negative ? -1_000_000L : 1_000_000L);
  }
}

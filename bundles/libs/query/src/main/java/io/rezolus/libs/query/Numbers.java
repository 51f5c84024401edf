package io.rezolus.libs.query;

import java.math.BigDecimal;
import java.util.Locale;

/** Text forms of numbers and durations. */
final class Numbers {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    365L * 86400000, 7L * 86400000, 86400000, 3600000, 60000, 1000, 1
  };

  private Numbers() {}

  /** Seconds of a duration such as 1h30m, NaN when the text is not one. */
  static double duration(String s) {
    long millis = 0;
    int i = 0;
    int unit = -1;
    while (i < s.length()) {
      int start = i;
      while (i < s.length() && Character.isDigit(s.charAt(i))) {
        i++;
      }
      int digits = i;
      while (i < s.length() && Character.isLetter(s.charAt(i))) {
        i++;
      }
      int u = java.util.Arrays.asList(UNITS).indexOf(s.substring(digits, i));
      if (digits == start || u <= unit || digits - start > 15) {
        return Double.NaN;
      }
      unit = u;
      millis += Long.parseLong(s.substring(start, digits)) * MILLIS[u];
    }
    return s.isEmpty() ? Double.NaN : millis / 1000.0;
  }

  /** A number literal: decimal, hexadecimal or octal, underscores between digits, Inf, NaN. */
  static double parse(String s) {
    String t = s.toLowerCase(Locale.ROOT);
    boolean negative = t.startsWith("-");
    if (negative || t.startsWith("+")) {
      t = t.substring(1);
    }
    double d = unsigned(t);
    return negative ? -d : d;
  }

  private static double unsigned(String s) {
    String t = s;
    if (t.equals("inf") || t.equals("infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    if (t.equals("nan")) {
      return Double.NaN;
    }
    if (t.startsWith("_") || t.endsWith("_") || t.contains("__")) {
      throw new NumberFormatException(s);
    }
    t = t.replace("_", "");
    if (t.startsWith("0x")) {
      return Long.parseUnsignedLong(t.substring(2), 16);
    }
    if (t.endsWith("d") || t.endsWith("f")) {
      throw new NumberFormatException(s);
    }
    if (t.matches("0[0-7]+")) {
      return Long.parseLong(t, 8);
    }
    return Double.parseDouble(t);
  }

  /** Shortest text that reads back as the same number, without an exponent. */
  static String plain(double d) {
    if (Double.isNaN(d)) {
      return "NaN";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "+Inf" : "-Inf";
    }
    if (d == 0) {
      return 1 / d < 0 ? "-0" : "0";
    }
    if (d == Math.rint(d) && Math.abs(d) < 1e15) {
      return Long.toString((long) d);
    }
    return new BigDecimal(Double.toString(d)).stripTrailingZeros().toPlainString();
  }

  /** Shortest text, with an exponent for very small and very large numbers (as Go's %g). */
  static String general(double d) {
    if (Double.isNaN(d) || Double.isInfinite(d) || d == 0) {
      return plain(d);
    }
    BigDecimal b = new BigDecimal(Double.toString(d)).stripTrailingZeros();
    int exponent = b.precision() - b.scale() - 1;
    if (exponent >= -4 && exponent < 21) {
      return b.toPlainString();
    }
    String digits = b.unscaledValue().abs().toString();
    StringBuilder s = new StringBuilder(d < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      s.append('.').append(digits, 1, digits.length());
    }
    s.append('e').append(exponent < 0 ? '-' : '+');
    int e = Math.abs(exponent);
    return s.append(e < 10 ? "0" : "").append(e).toString();
  }

  /** As {@link #general}, with a decimal point in whole numbers. */
  static String withPoint(double d) {
    String s = general(d);
    boolean whole =
        !Double.isNaN(d) && !Double.isInfinite(d) && s.indexOf('.') < 0 && s.indexOf('e') < 0;
    return whole ? s + ".0" : s;
  }

  /** A duration as its largest units, for whole milliseconds; else a number of seconds. */
  static String durationText(double seconds) {
    long millis = Math.round(seconds * 1000);
    if (Math.abs(millis / 1000.0 - seconds) > 1e-12 || millis <= 0) {
      return millis == 0 && seconds == 0 ? "0s" : plain(seconds);
    }
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      long n = millis / MILLIS[i];
      if (n > 0) {
        b.append(n).append(UNITS[i]);
        millis -= n * MILLIS[i];
      }
    }
    return b.toString();
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Expands the items of a series line. */
final class ItemParser {
  private final List<String> tokens = new ArrayList<>();
  private final List<MemorySource.Point> out;
  private final List<Boolean> hints;

  ItemParser(String text, List<MemorySource.Point> out, List<Boolean> hints) {
    this.out = out;
    this.hints = hints;
    StringBuilder b = new StringBuilder();
    int depth = 0;
    for (char c : (text + " ").toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (Character.isWhitespace(c) && depth == 0) {
        if (b.length() > 0) {
          tokens.add(b.toString());
        }
        b.setLength(0);
      } else {
        b.append(c);
      }
    }
  }

  private void add(MemorySource.Point p, boolean hint) {
    out.add(p);
    hints.add(hint);
  }

  private boolean gap(String t) {
    if (!t.startsWith("_")) {
      return false;
    }
    int n = t.equals("_") ? 1 : Integer.parseInt(t.substring(2));
    for (int i = 0; i < n; i++) {
      add(null, false);
    }
    return true;
  }

  void samples() {
    for (String t : tokens) {
      if (gap(t)) {
        continue;
      }
      if (t.equals("stale")) {
        add(new MemorySource.Point(Samples.STALE, null, 0), false);
      } else if (t.startsWith("{{")) {
        histograms(t);
      } else {
        numbers(t);
      }
    }
  }

  private void numbers(String t) {
    int x = t.indexOf('x');
    int times = x < 0 ? 0 : Integer.parseInt(t.substring(x + 1));
    String body = x < 0 ? t : t.substring(0, x);
    int split = split(body);
    double start = Numbers.parse(split < 0 ? body : body.substring(0, split));
    double step = split < 0 ? 0 : Numbers.parse(body.substring(split));
    double v = start;
    for (int i = 0; i <= times; i++) {
      add(new MemorySource.Point(v, null, 0), false);
      v += step;
    }
  }

  /** Index of the sign between start and step, -1 for none. */
  private static int split(String s) {
    for (int i = 1; i < s.length(); i++) {
      char c = s.charAt(i);
      if ((c == '+' || c == '-') && s.charAt(i - 1) != 'e' && s.charAt(i - 1) != 'E') {
        return i;
      }
    }
    return -1;
  }

  private void histograms(String t) {
    int end = t.indexOf("}}") + 2;
    boolean hint = t.substring(0, end).contains("counter_reset_hint");
    NativeHistogram h = HistogramText.parse(t.substring(2, end - 2));
    String rest = t.substring(end);
    NativeHistogram step = null;
    boolean minus = rest.startsWith("-");
    if (rest.startsWith("+") || minus) {
      int stepEnd = rest.indexOf("}}") + 2;
      step = HistogramText.parse(rest.substring(3, stepEnd - 2));
      rest = rest.substring(stepEnd);
      if (h.schema > step.schema) {
        throw new IllegalArgumentException("the first histogram is finer than the step: " + t);
      }
    }
    int times = rest.startsWith("x") ? Integer.parseInt(rest.substring(1)) : 0;
    for (int i = 0; i <= times; i++) {
      add(new MemorySource.Point(0, h, 0), hint);
      if (step != null) {
        NativeHistogram s = step.with(h.hint);
        h = (minus ? HistogramArithmetic.subtract(h, s) : HistogramArithmetic.add(h, s)).value();
      }
    }
  }

  /** Offsets from the sample times, as points whose start is that offset in ns. */
  void startTimes() {
    for (String t : tokens) {
      if (gap(t)) {
        continue;
      }
      int x = t.lastIndexOf('x');
      int times = x < 0 ? 0 : Integer.parseInt(t.substring(x + 1));
      String body = x < 0 ? t : t.substring(0, x);
      int split = split(body);
      long start = signed(split < 0 ? body : body.substring(0, split));
      long step = split < 0 ? 0 : signed(body.substring(split));
      for (int i = 0; i <= times; i++) {
        add(new MemorySource.Point(0, null, start + i * step), false);
      }
    }
  }

  private static long signed(String s) {
    boolean negative = s.startsWith("-");
    String t = negative || s.startsWith("+") ? s.substring(1) : s;
    long n = TestTime.nanos(t);
    return negative ? -n : n;
  }
}

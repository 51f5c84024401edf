package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Compares an answer with what was expected. */
final class Check {
  private Check() {}

  static void annotations(Expectation x, Annotations a) {
    match("warning", x.warn, x.noWarn, a.warnings());
    match("info", x.info, x.noInfo, a.infos());
  }

  private static void match(
      String what, List<Expectation.Text> wanted, boolean none, Collection<String> got) {
    if (none && !got.isEmpty()) {
      throw new AssertionError("unexpected " + what + ": " + got);
    }
    if (wanted.isEmpty()) {
      return;
    }
    for (Expectation.Text t : wanted) {
      if (got.stream().noneMatch(t::matches)) {
        throw new AssertionError("expected " + what + " " + t + " but got " + got);
      }
    }
    for (String s : got) {
      if (wanted.stream().noneMatch(t -> t.matches(s))) {
        throw new AssertionError("unexpected " + what + ": " + s);
      }
    }
  }

  static void series(
      Expectation x, List<QueryResult.Series> got, long start, long step, boolean ordered) {
    List<SeriesLine> wanted = x.series;
    if (wanted.size() != got.size()) {
      throw new AssertionError("expected " + wanted.size() + " series but got " + describe(got));
    }
    for (int i = 0; i < wanted.size(); i++) {
      SeriesLine w = wanted.get(i);
      QueryResult.Series g = ordered ? got.get(i) : find(got, w.labels());
      if (!g.labels().equals(w.labels())) {
        throw new AssertionError(
            "expected " + w.labels() + " at place " + i + " but got " + describe(got));
      }
      points(w, g, start, step, got);
    }
  }

  private static QueryResult.Series find(List<QueryResult.Series> got, Labels l) {
    return got.stream()
        .filter(s -> s.labels().equals(l))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected " + l + " but got " + describe(got)));
  }

  private static void points(
      SeriesLine w, QueryResult.Series g, long start, long step, List<QueryResult.Series> all) {
    int row = 0;
    for (int i = 0; i < w.items().size(); i++) {
      MemorySource.Point p = w.items().get(i);
      if (p == null) {
        continue;
      }
      Samples s = g.samples();
      if (row >= s.size() || s.time(row) != start + i * step) {
        throw new AssertionError(
            "expected a sample of " + w.labels() + " at step " + i + " but got " + describe(all));
      }
      NativeHistogram h = s.histogram(row);
      boolean same =
          (p.histogram() == null) == (h == null)
              && (h == null
                  ? near(p.value(), s.value(row))
                  : near(p.histogram(), h, w.explicitHint().get(i)));
      if (!same) {
        throw new AssertionError(
            "expected "
                + (p.histogram() == null ? p.value() : p.histogram().toString())
                + " for "
                + w.labels()
                + " at step "
                + i
                + " but got "
                + describe(all));
      }
      row++;
    }
    if (row != g.samples().size()) {
      throw new AssertionError(
          "more samples than expected for " + w.labels() + ": " + describe(all));
    }
  }

  static boolean near(double a, double b) {
    boolean staleA = Double.doubleToRawLongBits(a) == Samples.STALE_BITS;
    boolean staleB = Double.doubleToRawLongBits(b) == Samples.STALE_BITS;
    if (staleA || staleB) {
      return staleA == staleB;
    }
    if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    return a == 0 || b == 0 || sum < Double.MIN_NORMAL
        ? difference < 1e-6 * Double.MIN_NORMAL
        : difference / Math.min(sum, Double.MAX_VALUE) < 1e-6;
  }

  private static boolean near(NativeHistogram x, NativeHistogram y, boolean hint) {
    NativeHistogram a = x.compact();
    NativeHistogram b = y.compact();
    return a.schema == b.schema
        && a.zeroThreshold == b.zeroThreshold
        && Arrays.equals(a.bounds, b.bounds)
        && near(a.count, b.count)
        && near(a.sum, b.sum)
        && near(a.zeroCount, b.zeroCount)
        && near(a.positive, b.positive)
        && near(a.negative, b.negative)
        && (!hint || a.hint == b.hint);
  }

  private static boolean near(NativeHistogram.Side a, NativeHistogram.Side b) {
    boolean same = Arrays.equals(a.indexes(), b.indexes());
    for (int i = 0; same && i < a.size(); i++) {
      same = near(a.counts()[i], b.counts()[i]);
    }
    return same;
  }

  static String describe(List<QueryResult.Series> got) {
    List<String> out = new ArrayList<>();
    for (QueryResult.Series s : got) {
      StringBuilder b = new StringBuilder(s.labels().toString());
      for (int i = 0; i < s.samples().size(); i++) {
        NativeHistogram h = s.samples().histogram(i);
        b.append(' ')
            .append(h == null ? s.samples().value(i) : h + "/" + h.schema + "/" + h.hint)
            .append('@')
            .append(s.samples().time(i) / 1_000_000);
      }
      out.add(b.toString());
    }
    return out.toString();
  }
}

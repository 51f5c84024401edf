package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs an eval command, for instant queries with its re-checks. */
final class EvalBlock {
  private static final long MINUTE = 60_000_000_000L;
  private static final Pattern INSTANT =
      Pattern.compile("eval(?:_(fail|warn|info|ordered))?\\s+instant\\s+(?:at\\s+(.+?))\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+?)\\s+(.+)");
  private static final Pattern OWN_TIME = Pattern.compile("(start|end|range|step)\\(\\)");

  private final QueryEngine engine;
  private final SeriesSource source;
  private final Expectation expected;

  EvalBlock(QueryEngine engine, SeriesSource source, List<String> lines) {
    this.engine = engine;
    this.source = source;
    this.expected = Expectation.parse(lines);
  }

  void run(String command) {
    Matcher i = INSTANT.matcher(command);
    Matcher r = RANGE.matcher(command);
    if (i.matches()) {
      legacy(i.group(1));
      instant(i.group(3), TestTime.nanos(i.group(2)));
    } else if (r.matches()) {
      legacy(r.group(1));
      String query = r.group(5);
      long start = TestTime.nanos(r.group(2));
      long step = TestTime.nanos(r.group(4));
      Parser.parse(query);
      QueryResult got =
          execute(
              query, () -> engine.range(source, query, start, TestTime.nanos(r.group(3)), step));
      if (got instanceof QueryResult.Matrix m) {
        Check.annotations(expected, m.annotations());
        Check.series(expected, m.series(), start, step, false);
      }
    } else {
      throw new IllegalArgumentException("not an eval command");
    }
  }

  private void legacy(String kind) {
    if (kind != null) {
      expected.directive(kind, new Expectation.Text(null, null));
    }
  }

  private void instant(String query, long time) {
    List<String> queries = new ArrayList<>(List.of(query));
    List<Long> times = new ArrayList<>(List.of(time));
    String pinned =
        expected.grid != null || expected.string != null ? null : StepInvariance.pin(query, time);
    if (pinned != null) {
      long[] others =
          time == 0
              ? new long[] {-1_000_000_000L, 0, 1_000_000_000L}
              : new long[] {-10 * time, 0, time / 5, time, 10 * time};
      for (long t : others) {
        queries.add(pinned);
        times.add(t);
      }
    }
    for (int i = 0; i < queries.size(); i++) {
      String q = queries.get(i);
      long t = times.get(i);
      QueryResult got = execute(q, () -> engine.instant(source, q, t));
      if (got != null) {
        check(got, t, i == 0 ? null : q);
      }
      boolean once =
          expected.grid != null
              || expected.string != null
              || expected.fail != null
              || OWN_TIME.matcher(query).find();
      if (!once) {
        middle(q, t);
      }
    }
  }

  private void middle(String query, long t) {
    QueryResult.Matrix m =
        (QueryResult.Matrix)
            execute(query, () -> engine.range(source, query, t - MINUTE, t + MINUTE, MINUTE));
    List<QueryResult.Series> at = new ArrayList<>();
    for (QueryResult.Series s : m.series()) {
      for (int i = 0; i < s.samples().size(); i++) {
        if (s.samples().time(i) == t) {
          NativeHistogram h = s.samples().histogram(i);
          at.add(
              new QueryResult.Series(
                  s.labels(),
                  Samples.mixed(
                      new long[] {t},
                      new double[] {s.samples().value(i)},
                      h == null ? null : new NativeHistogram[] {h},
                      null)));
        }
      }
    }
    try {
      if (expected.scalar != null) {
        scalar(at.get(0).samples().value(0));
      } else {
        Check.series(expected, at, t, 0, false);
      }
    } catch (AssertionError e) {
      throw new AssertionError("as the middle of a range, " + query + ": " + e.getMessage(), e);
    }
  }

  private void check(QueryResult got, long time, String rewritten) {
    try {
      Check.annotations(expected, got.annotations());
      if (got instanceof QueryResult.Text s) {
        if (!s.value().equals(expected.string)) {
          throw new AssertionError("expected " + expected.string + " but got " + s.value());
        }
      } else if (got instanceof QueryResult.Scalar s) {
        scalar(s.value());
      } else if (got instanceof QueryResult.Vector v) {
        Check.series(expected, v.series(), time, 0, expected.ordered);
      } else if (got instanceof QueryResult.Matrix m) {
        Check.series(expected, m.series(), expected.grid[0], expected.grid[2], false);
      }
    } catch (AssertionError e) {
      throw rewritten == null
          ? e
          : new AssertionError(
              "as " + rewritten + " at " + time / 1_000_000 + " ms: " + e.getMessage(), e);
    }
  }

  private void scalar(double got) {
    if (expected.scalar == null || !Check.near(expected.scalar, got)) {
      throw new AssertionError("expected " + expected.scalar + " but got " + got);
    }
  }

  private QueryResult execute(String query, java.util.function.Supplier<QueryResult> run) {
    QueryResult got;
    try {
      got = run.get();
    } catch (QueryException e) {
      if (expected.fail == null || e instanceof ParseException) {
        throw new AssertionError(query + ": " + e.getMessage(), e);
      }
      if (!expected.fail.matches(e.getMessage())) {
        throw new AssertionError(
            "expected failure " + expected.fail + " but got " + e.getMessage(), e);
      }
      return null;
    }
    if (expected.fail != null) {
      throw new AssertionError("expected a failure of " + query);
    }
    return got;
  }
}

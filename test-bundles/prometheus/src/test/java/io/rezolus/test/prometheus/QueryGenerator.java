package io.rezolus.test.prometheus;

import java.util.List;
import java.util.Random;

/**
 * Random queries of the language of version 2.42, over the metrics of {@link Scenario}. Everything
 * in which later versions differ on purpose cannot come out of it:
 *
 * <ul>
 *   <li>windows left closed: evaluation times are 7 s past a multiple of 15 s, ranges, offsets and
 *       subquery steps are multiples of 15 s, so that no subquery step is at the start of a window;
 *       subqueries are not nested, as the inner one would be evaluated on the grid;
 *   <li>names are dropped at the end: no selector reads several metrics, nothing groups or matches
 *       by name, and {@code or}, which may give some steps of a series with a name and others
 *       without, is outermost or has none;
 *   <li>numbers as durations, names in quotes, functions and aggregations added since;
 *   <li>{@code atan2} keeps names in 2.42, so it is only found inside of aggregations;
 *   <li>{@code predict_linear} with {@code @} gives 2.42 one step of a range only, and {@code
 *       timestamp} does not look at it;
 *   <li>where a window begins in a gap, rates are extrapolated differently: they are taken of
 *       counters alone, see {@link Scenario};
 *   <li>deviations of infinite values, or so large that their squares are, are NaN or 0 in 2.42.
 * </ul>
 *
 * <p>What is not defined does not come out either: which of equal or unordered elements are the
 * greatest, how digits lost to rounding look as a label, and what is left of them by a remainder or
 * by the slope of values that are nearly as large as times.
 */
final class QueryGenerator {
  private static final List<String> METRICS = List.of("g", "c", "gap", "odd", "gc", "one");

  /** Without gaps and NaN, and never twice the same value. */
  private static final List<String> DISTINCT = List.of("g", "one");

  private static final List<String> FINITE = List.of("g", "c", "gap", "one");
  private static final List<String> COUNTERS = List.of("c", "gc");
  private static final List<String> DURATIONS =
      List.of("15s", "30s", "45s", "1m", "1m30s", "2m", "5m", "10m");
  private static final List<String> MATCHERS =
      List.of(
          "id=\"0\"",
          "id!=\"1\"",
          "id=~\"0|2\"",
          "id!~\"[12]\"",
          "mode=\"user\"",
          "mode=~\"s.*\"",
          "rack=\"\"",
          "rack!=\"\"",
          "mode=~\".+\", id=~\"1.*\"",
          "id=\"7\"");
  private static final List<String> OVER_TIME =
      List.of(
          "avg_over_time",
          "min_over_time",
          "max_over_time",
          "sum_over_time",
          "count_over_time",
          "last_over_time",
          "present_over_time",
          "changes",
          "resets",
          "delta",
          "idelta",
          "deriv",
          "rate",
          "increase",
          "irate");
  private static final List<String> CHANGES = List.of("rate", "increase", "irate");
  private static final List<String> CONTINUOUS =
      List.of(
          "abs", "ceil", "floor", "round", "sqrt", "exp", "ln", "log2", "log10", "sgn", "deg",
          "rad");
  private static final List<String> TRIGONOMETRIC =
      List.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
          "atanh");
  private static final List<String> CALENDAR =
      List.of(
          "minute",
          "hour",
          "day_of_week",
          "day_of_month",
          "day_of_year",
          "days_in_month",
          "month",
          "year");
  private static final List<String> AGGREGATIONS =
      List.of("sum", "avg", "min", "max", "count", "group");
  private static final List<String> DEVIATIONS = List.of("stddev", "stdvar");
  private static final List<String> GROUPINGS =
      List.of(
          "",
          " by (id)",
          " by (mode)",
          " by (id, mode)",
          " by (none)",
          " without (id)",
          " without (mode, rack)",
          " by ()");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "^");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", ">", "<=", ">=");
  private static final List<String> QUANTILES = List.of("0", "0.25", "0.5", "0.99", "1", "-1", "2");

  private final Random random;
  private boolean inSubquery;

  QueryGenerator(long seed) {
    random = new Random(seed);
  }

  String next() {
    inSubquery = false;
    int depth = random.nextInt(4);
    return switch (random.nextInt(12)) {
      case 0 -> scalar(depth);
      case 1 -> union(depth);
      case 2 -> any(TRIGONOMETRIC) + "(" + selector(any(METRICS)) + ")";
      default -> vector(depth);
    };
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private String vector(int depth) {
    if (depth == 0) {
      return chance(2) ? selector(any(METRICS)) : range();
    }
    int d = depth - 1;
    return switch (random.nextInt(22)) {
      case 0, 1, 2 -> any(AGGREGATIONS) + any(GROUPINGS) + " (" + vector(d) + ")";
      case 3, 4 -> vector(d) + " " + operator() + " " + scalar(d);
      case 5 -> scalar(d) + " " + operator() + " (" + vector(d) + ")";
      case 6, 7 -> pair(d);
      case 8 -> many();
      case 9 -> set(d);
      case 10 -> any(CONTINUOUS) + "(" + vector(d) + ")";
      case 11 -> subquery(d);
      case 12 ->
          any(List.of("topk", "bottomk"))
              + any(GROUPINGS)
              + " ("
              + (1 + random.nextInt(3))
              + ", "
              + distinct()
              + ")";
      case 13 -> "quantile" + any(GROUPINGS) + " (" + any(QUANTILES) + ", " + vector(d) + ")";
      case 14 -> labelled(d);
      case 15 -> histogram();
      case 16 ->
          chance(3)
              ? selector(any(METRICS)) + " % " + scalar(0)
              : any(List.of("-", "+")) + "(" + vector(d) + ")";
      case 17 -> special(d);
      case 18 -> any(DEVIATIONS) + any(GROUPINGS) + " (" + finite() + ")";
      case 19 -> nameless(d) + " or" + on() + " " + nameless(d);
      case 20 ->
          any(AGGREGATIONS) + " by (id, mode) ((" + vector(d) + ") atan2 (" + vector(d) + "))";
      default -> range();
    };
  }

  private String set(int depth) {
    String operator = any(List.of("and", "unless")) + on();
    return "(" + vector(depth) + ") " + operator + " (" + vector(depth) + ")";
  }

  private String union(int depth) {
    return "(" + vector(depth) + ") or" + on() + " (" + vector(depth) + ")";
  }

  private String nameless(int depth) {
    return any(AGGREGATIONS) + " by (id, mode) (" + vector(depth) + ")";
  }

  private String selector(String metric) {
    return metric + (chance(2) ? "" : "{" + any(MATCHERS) + "}") + modifiers();
  }

  private String modifiers() {
    String offset = offset();
    String at =
        chance(7)
            ? " @ "
                + any(
                    List.of(
                        "start()",
                        "end()",
                        "" + (Scenario.START + 1800 + 15L * random.nextInt(60))))
            : "";
    return chance(2) ? offset + at : at + offset;
  }

  private String offset() {
    return chance(5) ? " offset " + (chance(3) ? "-" : "") + any(DURATIONS) : "";
  }

  private String matrix(String metric) {
    String matchers = chance(2) ? "" : "{" + any(MATCHERS) + "}";
    return metric + matchers + "[" + any(DURATIONS) + "]" + modifiers();
  }

  /** A function over a window of samples. */
  private String range() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> any(CHANGES) + "(" + matrix(any(COUNTERS)) + ")";
      case 2 -> "quantile_over_time(" + any(QUANTILES) + ", " + matrix(any(METRICS)) + ")";
      case 3 ->
          chance(2) ? prediction() : any(DEVIATIONS) + "_over_time(" + matrix(any(FINITE)) + ")";
      default -> {
        String function = any(OVER_TIME);
        boolean counts = CHANGES.contains(function);
        yield function + "(" + matrix(any(counts ? COUNTERS : METRICS)) + ")";
      }
    };
  }

  private String prediction() {
    String window = any(METRICS) + "[" + any(DURATIONS) + "] offset " + any(DURATIONS);
    return "predict_linear(" + window + ", " + random.nextInt(600) + ")";
  }

  private String finite() {
    return chance(2) ? distinct() : any(FINITE);
  }

  private String subquery(int depth) {
    if (inSubquery) {
      return range();
    }
    inSubquery = true;
    boolean deviation = chance(6);
    String function = deviation ? any(DEVIATIONS) + "_over_time" : any(OVER_TIME);
    boolean counts = CHANGES.contains(function);
    String inner = deviation ? finite() : counts ? any(COUNTERS) : vector(depth);
    String window =
        "["
            + any(List.of("1m", "2m", "5m", "10m"))
            + ":"
            + any(List.of("", "15s", "30s", "1m"))
            + "]";
    String out = function + "((" + inner + ")" + window + modifiers() + ")";
    inSubquery = false;
    return out;
  }

  private String distinct() {
    return switch (random.nextInt(3)) {
      case 0 -> "rate(c[" + any(List.of("1m", "2m", "5m")) + "])";
      case 1 -> "avg_over_time(" + any(DISTINCT) + "[1m])";
      default -> any(DISTINCT);
    };
  }

  private String operator() {
    return chance(2) ? any(ARITHMETIC) : any(COMPARISONS) + " bool";
  }

  private String on() {
    return any(List.of("", "", " on (id)", " on (id, mode)", " ignoring (mode)", " on ()"));
  }

  /** An operation on elements that match one to one, mostly. */
  private String pair(int depth) {
    String operator = chance(3) ? any(COMPARISONS) + (chance(2) ? " bool" : "") : any(ARITHMETIC);
    if (chance(3)) {
      String grouping = any(GROUPINGS);
      String left = any(AGGREGATIONS) + grouping + " (" + vector(depth) + ")";
      return left
          + " "
          + operator
          + " "
          + any(AGGREGATIONS)
          + grouping
          + " ("
          + vector(depth)
          + ")";
    }
    return "("
        + vector(depth)
        + ") "
        + operator
        + any(List.of("", " on (id, mode)", " ignoring (rack)"))
        + " ("
        + vector(depth)
        + ")";
  }

  private String many() {
    String one = chance(2) ? "one" : "max by (id, rack) (one)";
    String many = chance(2) ? any(List.of("g", "c", "gap", "odd")) : "rate(c[2m])";
    String operator = any(List.of("+", "-", "*", "/", "<", ">= bool"));
    String labels = any(List.of("", " ()", " (rack)"));
    String match = any(List.of(" on (id)", " ignoring (mode, rack)"));
    return chance(2)
        ? many + " " + operator + match + " group_left" + labels + " " + one
        : one + " " + operator + match + " group_right" + labels + " " + many;
  }

  private String labelled(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "label_replace(" + vector(depth) + ", \"to\", \"$1-${2}x\", \"mode\", \"(.)(.*)\")";
      case 1 -> "label_replace(" + vector(depth) + ", \"id\", \"$1\", \"mode\", \"(u.*)\")";
      case 2 -> "label_join(" + vector(depth) + ", \"to\", \"-\", \"id\", \"mode\", \"no\")";
      default ->
          "count_values"
              + any(GROUPINGS)
              + " (\"v\", "
              + any(List.of("round(one)", "odd", "c", "floor(g) % 7"))
              + ")";
    };
  }

  private String histogram() {
    String rate = "rate(h_bucket[" + any(DURATIONS) + "])";
    String buckets =
        any(List.of("h_bucket", rate, "sum by (le) (" + rate + ")", "sum without (id) (h_bucket)"));
    return "histogram_quantile(" + any(QUANTILES) + ", " + buckets + ")";
  }

  private String special(int depth) {
    return switch (random.nextInt(9)) {
      case 0 -> "absent(" + selector(any(METRICS)) + ")";
      case 1 -> "absent_over_time(" + matrix(any(METRICS)) + ")";
      case 2 -> (inSubquery ? "" : "timestamp") + "(" + any(METRICS) + offset() + ")";
      case 3 -> any(List.of("sort", "sort_desc")) + "(" + distinct() + ")";
      case 4 ->
          any(CALENDAR)
              + "("
              + any(List.of("", "vector(time())", "timestamp(g)", "c * 1000"))
              + ")";
      case 5 -> "clamp(" + vector(depth) + ", " + scalar(0) + ", " + scalar(0) + ")";
      case 6 ->
          any(List.of("clamp_min", "clamp_max")) + "(" + vector(depth) + ", " + scalar(0) + ")";
      case 7 -> "round(" + vector(depth) + ", " + any(List.of("0.1", "5", "-2")) + ")";
      default -> "vector(" + scalar(depth) + ")";
    };
  }

  private String scalar(int depth) {
    if (depth == 0) {
      return any(
          List.of(
              inSubquery ? "7" : "time()",
              "0",
              "1",
              "-2.5",
              "100",
              "1e3",
              "0x1F",
              "Inf",
              "NaN",
              "pi()",
              "0.3"));
    }
    int d = depth - 1;
    return switch (random.nextInt(5)) {
      case 0 -> "scalar(" + vector(d) + ")";
      case 1 -> "(" + scalar(d) + " " + any(ARITHMETIC) + " " + scalar(d) + ")";
      case 2 -> "(" + scalar(d) + " " + any(COMPARISONS) + " bool " + scalar(d) + ")";
      case 3 -> "-" + scalar(0);
      default -> scalar(0);
    };
  }
}

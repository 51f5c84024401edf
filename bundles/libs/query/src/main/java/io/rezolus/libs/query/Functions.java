package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** All functions of the language by name. */
final class Functions {
  private static final ValueType S = ValueType.SCALAR;
  private static final ValueType V = ValueType.VECTOR;
  private static final ValueType R = ValueType.MATRIX;
  private static final ValueType T = ValueType.STRING;
  static final Function.Implementation BRACKETED = HistogramFunctions::bracketed;
  static final String HEATMAP = "histogram_heatmap";
  private static final Map<String, Function> ALL = new HashMap<>();

  static {
    math();
    ranges();
    vectors();
    histograms();
    times();
  }

  private Functions() {}

  /** Null when there is none of this name. */
  static Function find(String name) {
    return ALL.get(name);
  }

  private static void put(
      String name,
      List<ValueType> args,
      int required,
      int repeat,
      ValueType result,
      Function.Implementation body) {
    ALL.put(name, new Function(name, args, required, repeat, result, body));
  }

  private static void fixed(
      String name, ValueType result, Function.Implementation body, ValueType... args) {
    put(name, List.of(args), args.length, 0, result, body);
  }

  private static void element(String name, DoubleUnaryOperator f) {
    fixed(name, V, new ElementFunctions.OfElement(f), V);
  }

  private static void math() {
    element("abs", Math::abs);
    element("ceil", Math::ceil);
    element("floor", Math::floor);
    element("exp", Math::exp);
    element("ln", Math::log);
    element("log2", d -> HyperbolicMath.log2(d));
    element("log10", Math::log10);
    element("sqrt", Math::sqrt);
    element("sgn", Math::signum);
    element("sin", Math::sin);
    element("cos", Math::cos);
    element("tan", Math::tan);
    element("asin", Math::asin);
    element("acos", Math::acos);
    element("atan", Math::atan);
    element("sinh", Math::sinh);
    element("cosh", Math::cosh);
    element("tanh", Math::tanh);
    element("asinh", HyperbolicMath::asinh);
    element("acosh", HyperbolicMath::acosh);
    element("atanh", HyperbolicMath::atanh);
    element("deg", d -> d * 180 / Math.PI);
    element("rad", d -> d * Math.PI / 180);
    put("round", List.of(V, S), 1, 0, V, ElementFunctions::round);
    fixed("clamp", V, ElementFunctions::clamp, V, S, S);
    fixed("clamp_min", V, ElementFunctions::bound, V, S);
    fixed("clamp_max", V, ElementFunctions::bound, V, S);
    fixed("pi", S, (e, c) -> e.constant(Math.PI));
    fixed("min_of", S, ElementFunctions.extreme(false), S, S);
    fixed("max_of", S, ElementFunctions.extreme(true), S, S);
  }

  private static void range(String name, RangeFunction f) {
    fixed(name, V, RangeCall.of(f, 0, false), R);
  }

  private static void floats(String name, ToDoubleFunction<double[]> f) {
    range(name, OverTime.floats(f));
  }

  private static void ranges() {
    range("rate", new Rate(true, true));
    range("increase", new Rate(true, false));
    range("delta", new Rate(false, false));
    range("irate", Differences.instant(true));
    range("idelta", Differences.instant(false));
    range("resets", Differences.count(true));
    range("changes", Differences.count(false));
    range("deriv", Trend::slope);
    fixed("predict_linear", V, RangeCall.of(Trend::predict, 0, false), R, S);
    fixed("double_exponential_smoothing", V, RangeCall.of(Trend::smooth, 0, false), R, S, S);
    range("sum_over_time", OverTime.total(false));
    range("avg_over_time", OverTime.total(true));
    floats("min_over_time", OverTime::min);
    floats("max_over_time", OverTime::max);
    floats("stddev_over_time", v -> Math.sqrt(Statistics.variance(v)));
    floats("stdvar_over_time", Statistics::variance);
    floats("mad_over_time", OverTime::deviation);
    fixed(
        "quantile_over_time",
        V,
        ElementFunctions.checkedQuantile(RangeCall.of(OverTime::quantile, 1, false)),
        S,
        R);
    range("count_over_time", (call, w, out, t) -> out.set(t, w.size()));
    range("present_over_time", (call, w, out, t) -> out.set(t, 1));
    fixed(
        "first_over_time",
        V,
        RangeCall.of((call, w, out, t) -> ElementFunctions.row(w, 0, out, t), 0, true),
        R);
    fixed(
        "last_over_time",
        V,
        RangeCall.of((call, w, out, t) -> ElementFunctions.row(w, w.size() - 1, out, t), 0, true),
        R);
    for (String which : List.of("first", "last", "min", "max")) {
      range("ts_of_" + which + "_over_time", OverTime.timeOf(which));
    }
  }

  private static void vectors() {
    fixed("absent", V, AbsentFunctions::absent, V);
    fixed("absent_over_time", V, AbsentFunctions::absentOverTime, R);
    fixed("scalar", S, ElementFunctions::scalar, V);
    fixed("vector", V, ElementFunctions::vector, S);
    fixed("sort", V, SortFunctions.byValue(false), V);
    fixed("sort_desc", V, SortFunctions.byValue(true), V);
    put("sort_by_label", List.of(V, T), 1, -1, V, SortFunctions.byLabel(false));
    put("sort_by_label_desc", List.of(V, T), 1, -1, V, SortFunctions.byLabel(true));
    fixed("label_replace", V, LabelFunctions::replace, V, T, T, T, T);
    put("info", List.of(V, V), 1, 0, V, InfoFunction::apply);
    put("label_join", List.of(V, T, T, T), 3, -1, V, LabelFunctions::join);
  }

  /** A function of histograms that may name how many seconds to take together. */
  private static void strided(String name, Function.Implementation body) {
    put(name, List.of(V, S), 1, 0, V, body);
  }

  /** The spelling of histogram_quantiles with brackets. */
  static Function bracketed(String name, int quantiles, boolean stride) {
    List<ValueType> args = new ArrayList<>(Collections.nCopies(quantiles, S));
    args.add(V);
    if (stride) {
      args.add(S);
    }
    return new Function(name, args, args.size(), 0, V, BRACKETED);
  }

  private static void histograms() {
    fixed("histogram_quantile", V, HistogramFunctions::quantile, S, V);
    put("histogram_quantiles", List.of(V, T, S), 3, 9, V, HistogramFunctions::quantiles);
    fixed("histogram_fraction", V, HistogramFunctions::fraction, S, S, V);
    fixed("histogram_avg", V, HistogramFunctions.of(h -> h.sum / h.count), V);
    strided("histogram_count", HistogramFunctions.of(h -> h.count));
    strided("histogram_sum", HistogramFunctions.of(h -> h.sum));
    strided("histogram_mean", HistogramFunctions.of(h -> h.sum / h.count));
    strided("histogram_irate", HistogramFunctions::irate);
    strided(HEATMAP, Heatmaps::inside);
    fixed("histogram_stdvar", V, HistogramFunctions.of(HistogramSpread::variance), V);
    fixed(
        "histogram_stddev",
        V,
        HistogramFunctions.of(h -> Math.sqrt(HistogramSpread.variance(h))),
        V);
  }

  private static void times() {
    fixed("time", S, TimeFunctions::time);
    fixed("timestamp", V, TimeFunctions::timestamp, V);
    fixed("start_timestamp", V, TimeFunctions::startTimestamp, V);
    fixed("start", S, (e, c) -> e.constant(e.context().grid().start() / 1e9));
    fixed("end", S, (e, c) -> e.constant(e.context().grid().end() / 1e9));
    fixed("range", S, (e, c) -> e.constant(e.context().rangeSeconds()));
    fixed("step", S, (e, c) -> e.constant(e.context().stepSeconds()));
    TimeFunctions.calendar()
        .forEach((name, f) -> put(name, List.of(V), 0, 0, V, TimeFunctions.field(f)));
  }
}

package io.rezolus.libs.query;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Functions of times; calendar fields are in UTC. */
final class TimeFunctions {
  private TimeFunctions() {}

  static Value time(Evaluator e, Expr.Call c) {
    double[] out = new double[e.steps()];
    Arrays.setAll(out, t -> e.grid().time(t) / 1e9);
    return new Value.Scalar(out);
  }

  private static Expr bare(Expr e) {
    return e instanceof Expr.Paren p ? bare(p.expr()) : e;
  }

  static Value timestamp(Evaluator e, Expr.Call c) {
    Expr argument = bare(c.args().get(0));
    if (argument instanceof Expr.VectorSelector v && v.extension() == Expr.Extension.NONE) {
      return InstantSelector.times(e, v, false);
    }
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : e.vector(argument)) {
      StepSeries r = new StepSeries(s.labels, true, e.steps());
      for (int t = 0; t < e.steps(); t++) {
        if (s.present[t]) {
          r.set(t, e.grid().time(t) / 1e9);
        }
      }
      out.add(r);
    }
    return new Value.Vector(out);
  }

  static Value startTimestamp(Evaluator e, Expr.Call c) {
    return bare(c.args().get(0)) instanceof Expr.VectorSelector v
        ? InstantSelector.times(e, v, true)
        : new Value.Vector(List.of());
  }

  static Map<String, ToDoubleFunction<ZonedDateTime>> calendar() {
    return Map.of(
        "minute", ZonedDateTime::getMinute,
        "hour", ZonedDateTime::getHour,
        "day_of_week", d -> d.getDayOfWeek().getValue() % 7,
        "day_of_month", ZonedDateTime::getDayOfMonth,
        "day_of_year", ZonedDateTime::getDayOfYear,
        "days_in_month", d -> YearMonth.from(d).lengthOfMonth(),
        "month", ZonedDateTime::getMonthValue,
        "year", ZonedDateTime::getYear);
  }

  static Function.Implementation field(ToDoubleFunction<ZonedDateTime> f) {
    return (e, c) -> {
      if (c.args().isEmpty()) {
        StepSeries r = new StepSeries(Labels.EMPTY, false, e.steps());
        for (int t = 0; t < e.steps(); t++) {
          r.set(t, read(f, Math.floor(e.grid().time(t) / 1e9)));
        }
        return new Value.Vector(List.of(r));
      }
      return ElementFunctions.cells(e, c.args().get(0), (v, t) -> read(f, v));
    };
  }

  private static double read(ToDoubleFunction<ZonedDateTime> f, double seconds) {
    if (!(Math.abs(seconds) < 3e16)) {
      return Double.NaN;
    }
    return f.applyAsDouble(Instant.ofEpochSecond((long) seconds).atZone(ZoneOffset.UTC));
  }
}

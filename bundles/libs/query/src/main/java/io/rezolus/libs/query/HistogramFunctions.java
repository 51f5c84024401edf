package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Functions of classic and native histograms. */
final class HistogramFunctions {
  private static final String LE = "le";
  private static final String REPAIRED =
      "input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/practices/histograms/#errors-of-quantile-estimation)";

  private HistogramFunctions() {}

  private interface Reading {
    double nativeAt(NativeHistogram h, Labels labels, int step);

    double classicAt(ClassicBuckets b, Labels labels, int step);
  }

  private record Classic(double upper, StepSeries series) {}

  private static final class Group {
    StepSeries nativeSeries;
    final List<Classic> classic = new ArrayList<>();
  }

  static Function.Implementation of(ToDoubleFunction<NativeHistogram> f) {
    return (e, c) -> {
      List<StepSeries> out = new ArrayList<>();
      List<StepSeries> series = Strides.argument(e.withExactHints(), c, 0);
      H2Functions.read(e, series, c.function().name(), out);
      for (StepSeries s : series) {
        StepSeries r = new StepSeries(s.labels, true, e.steps());
        for (int t = 0; t < e.steps(); t++) {
          if (s.histogram(t) != null) {
            r.set(t, f.applyAsDouble(s.histogram(t)));
          }
        }
        if (!r.isEmpty()) {
          out.add(r);
        }
      }
      return new Value.Vector(out);
    };
  }

  private static Map<Labels, Group> groups(Evaluator e, Expr at, List<StepSeries> series) {
    Map<Labels, Group> groups = new LinkedHashMap<>();
    for (StepSeries s : series) {
      if (s.histograms != null) {
        groups.computeIfAbsent(s.labels, k -> new Group()).nativeSeries = s;
      }
      boolean floats = false;
      for (int t = 0; t < e.steps(); t++) {
        floats |= s.isFloat(t);
      }
      if (!floats) {
        continue;
      }
      String le = s.labels.get(LE);
      try {
        double upper = le.isEmpty() ? Double.NaN : Numbers.parse(le);
        if (le.isEmpty()) {
          throw new NumberFormatException(le);
        }
        groups
            .computeIfAbsent(s.labels.with(LE, ""), k -> new Group())
            .classic
            .add(new Classic(upper, s));
      } catch (NumberFormatException x) {
        e.notes()
            .warn(
                at,
                Notes.forMetric(
                    "bucket label \"le\" is missing or has a malformed value of "
                        + Quoting.quote(le),
                    s.labels));
      }
    }
    return groups;
  }

  private static List<StepSeries> read(
      Evaluator e, Expr at, Map<Labels, Group> groups, String label, String value, Reading f) {
    List<StepSeries> out = new ArrayList<>();
    groups.forEach(
        (labels, g) -> {
          StepSeries r =
              new StepSeries(label == null ? labels : labels.with(label, value), true, e.steps());
          for (int t = 0; t < e.steps(); t++) {
            ClassicBuckets b = new ClassicBuckets();
            for (Classic c : g.classic) {
              if (c.series.isFloat(t)) {
                b.add(c.upper, c.series.values[t]);
              }
            }
            NativeHistogram h = g.nativeSeries == null ? null : g.nativeSeries.histogram(t);
            if (h != null && !b.isEmpty()) {
              e.notes()
                  .warn(
                      at,
                      Notes.forMetric(
                          "vector contains a mix of classic and native histograms", labels));
            } else if (h != null) {
              r.set(t, f.nativeAt(h, labels, t));
            } else if (!b.isEmpty()) {
              r.set(t, f.classicAt(b, labels, t));
            }
          }
          if (!r.isEmpty()) {
            out.add(r);
          }
        });
    return out;
  }

  private static Reading quantileReading(Evaluator e, Expr at, double[] q) {
    return new Reading() {
      @Override
      public double nativeAt(NativeHistogram h, Labels labels, int step) {
        double v = HistogramEstimate.quantile(h, q[step]);
        if (Double.isNaN(h.sum) && h.count > 0 && q[step] >= 0 && q[step] <= 1) {
          e.notes()
              .info(
                  at,
                  Notes.forMetric(
                      "input to histogram_quantile has NaN observations, result is "
                          + (Double.isNaN(v) ? "NaN" : "skewed higher"),
                      labels));
        }
        return v;
      }

      @Override
      public double classicAt(ClassicBuckets b, Labels labels, int step) {
        double v = b.quantile(q[step]);
        if (b.repaired()) {
          e.notes().info(at, Notes.forMetric(REPAIRED, labels));
        }
        return v;
      }
    };
  }

  static Value quantile(Evaluator e, Expr.Call c) {
    double[] q = e.scalar(c.args().get(0));
    ElementFunctions.checkQuantile(e, c.args().get(0), q);
    Expr at = c.args().get(1);
    List<StepSeries> series = H2Functions.argument(e, at);
    List<StepSeries> out = read(e, at, groups(e, at, series), null, "", quantileReading(e, at, q));
    H2Functions.read(e, series, null, "", (h, t) -> H2Functions.quantile(h, t, q[t]), out);
    return new Value.Vector(out);
  }

  static Value quantiles(Evaluator e, Expr.Call c) {
    Expr at = c.args().get(0);
    String label = e.text(c.args().get(1));
    if (!Names.isValid(label)) {
      throw new QueryException(
          QueryException.Kind.EXECUTION, "invalid label name " + Quoting.quote(label));
    }
    List<StepSeries> series = H2Functions.argument(e, at);
    Map<Labels, Group> groups = groups(e, at, series);
    List<StepSeries> out = new ArrayList<>();
    for (Expr arg : c.args().subList(2, c.args().size())) {
      double[] q = e.scalar(arg);
      ElementFunctions.checkQuantile(e, arg, q);
      String value = Numbers.withPoint(q[0]);
      out.addAll(read(e, at, groups, label, value, quantileReading(e, at, q)));
      H2Functions.read(e, series, label, value, (h, t) -> H2Functions.quantile(h, t, q[t]), out);
    }
    return new Value.Vector(out);
  }

  /** Quantiles in brackets, as {@code histogram_quantiles([0.5, 0.9], v, stride)}. */
  static Value bracketed(Evaluator e, Expr.Call c) {
    int vector = 0;
    while (c.args().get(vector).type() == ValueType.SCALAR) {
      vector++;
    }
    Expr at = c.args().get(vector);
    List<StepSeries> series = Strides.argument(e, c, vector);
    Map<Labels, Group> groups = groups(e, at, series);
    List<StepSeries> out = new ArrayList<>();
    for (Expr arg : c.args().subList(0, vector)) {
      double[] q = e.scalar(arg);
      ElementFunctions.checkQuantile(e, arg, q);
      String value = Numbers.plain(q[0]);
      out.addAll(read(e, at, groups, "quantile", value, quantileReading(e, at, q)));
      H2Functions.read(
          e, series, "quantile", value, (h, t) -> H2Functions.quantile(h, t, q[t]), out);
    }
    return new Value.Vector(out);
  }

  /** Observations per second between the newest two samples. */
  static Value irate(Evaluator e, Expr.Call c) {
    List<StepSeries> series = Strides.argument(e, c, 0);
    List<StepSeries> out = new ArrayList<>();
    H2Functions.read(e, series, c.function().name(), out);
    double seconds = Strides.seconds(e, c, 0);
    for (StepSeries s : out) {
      for (int t = 0; t < e.steps(); t++) {
        s.values[t] /= seconds;
      }
    }
    return new Value.Vector(out);
  }

  static Value fraction(Evaluator e, Expr.Call c) {
    double[] lower = e.scalar(c.args().get(0));
    double[] upper = e.scalar(c.args().get(1));
    Expr at = c.args().get(2);
    List<StepSeries> series = H2Functions.argument(e, at);
    List<StepSeries> out =
        read(
            e,
            at,
            groups(e, at, series),
            null,
            "",
            new Reading() {
              @Override
              public double nativeAt(NativeHistogram h, Labels labels, int step) {
                if (Double.isNaN(h.sum) && h.count > 0) {
                  e.notes()
                      .info(
                          at,
                          Notes.forMetric(
                              "input to histogram_fraction has NaN observations, which are excluded from all fractions",
                              labels));
                }
                return HistogramEstimate.fraction(h, lower[step], upper[step]);
              }

              @Override
              public double classicAt(ClassicBuckets b, Labels labels, int step) {
                return b.fraction(lower[step], upper[step]);
              }
            });
    H2Functions.read(
        e, series, null, "", (h, t) -> H2Functions.fraction(h, t, lower[t], upper[t]), out);
    return new Value.Vector(out);
  }
}

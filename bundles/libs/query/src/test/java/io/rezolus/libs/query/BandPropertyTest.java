package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.HistogramConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed from any values within bounds is within the bounds of what is computed. */
class BandPropertyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 60 * SECOND;
  private static final long END = 300 * SECOND;
  private static final long STEP = 10 * SECOND;
  private static final String RATE = "rate(x[1m])";

  private final Random random = new Random(7);
  private final List<SourceSeries> all = new ArrayList<>();
  private final SeriesSource source =
      (matchers, a, b) ->
          all.stream().filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels()))).toList();

  private double number() {
    double[] some = {0, 1, -1, 2, 3, -4, 0.5, 1e9, -1e-9};
    return random.nextInt(3) == 0 ? some[random.nextInt(some.length)] : 20 * random.nextGaussian();
  }

  private double within(double low, double high) {
    return switch (random.nextInt(4)) {
      case 0 -> low;
      case 1 -> high;
      default -> Math.min(high, low + random.nextDouble() * (high - low));
    };
  }

  @Test
  void arithmetic_of_intervals_holds_that_of_numbers() {
    int known = 0;
    for (int i = 0; i < 200_000; i++) {
      double[] x = {number(), random.nextBoolean() ? number() : Double.NaN};
      double[] y = {number(), random.nextBoolean() ? number() : Double.NaN};
      for (double[] each : new double[][] {x, y}) {
        each[1] = Double.isNaN(each[1]) ? each[0] : each[1];
        Arrays.sort(each);
      }
      for (BinaryOp op : BinaryOp.values()) {
        if (!BandArithmetic.knows(op)) {
          continue;
        }
        Band band = Band.unknown(1);
        BandArithmetic.apply(op, x[0], x[1], y[0], y[1], band, 0);
        if (!band.has(0)) {
          continue;
        }
        known++;
        double a = within(x[0], x[1]);
        double b = within(y[0], y[1]);
        double v = op.apply(a, b);
        double slack = Double.isFinite(v) ? 1e-12 * Math.abs(v) : 0;
        assertTrue(
            v >= band.lower()[0] - slack && v <= band.upper()[0] + slack,
            () ->
                "%s %s %s is %s, not within %s and %s, of %s and %s"
                    .formatted(
                        a,
                        op.text,
                        b,
                        v,
                        band.lower()[0],
                        band.upper()[0],
                        Arrays.toString(x),
                        Arrays.toString(y)));
      }
    }
    assertTrue(known > 500_000, known + " results have bounds");
  }

  /**
   * Counters of which each row was read within some seconds, and what their rates may have been.
   */
  private void load() {
    for (int id = 0; id < 5; id++) {
      int rows = 31;
      long[] times = new long[rows];
      long[] values = new long[rows];
      long[] ends = new long[rows];
      for (int i = 0; i < rows; i++) {
        times[i] = i * STEP;
        values[i] = i == 0 ? 0 : values[i - 1] + random.nextInt(id == 4 ? 2 : 40 * id + 20);
        ends[i] = times[i] + SECOND * (1 + id % 2) / 2;
      }
      Labels labels = Labels.of(Labels.NAME, "x", "id", "" + id, "g", "" + id % 2);
      SourceSeries s = new SourceSeries(labels, Samples.counters(times, values, null));
      all.add(id == 3 ? s : s.withWindows(() -> new RowWindows(times, times, ends)));
      double[] flags = new double[rows];
      if (id % 2 == 0) {
        all.add(
            new SourceSeries(
                labels.with(Labels.NAME, "some"),
                Samples.gauges(Arrays.copyOf(times, 20), Arrays.copyOf(flags, 20))));
      }
    }
    QueryResult rates = engine(true).range(source, RATE, STEP, END, STEP);
    for (QueryResult.Series s : ((QueryResult.Matrix) rates).series()) {
      int n = s.samples().size();
      long[] times = new long[n];
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        times[i] = s.samples().time(i);
        boolean has = s.band() != null && !Double.isNaN(s.band().lower()[i]);
        values[i] = has ? within(s.band().lower()[i], s.band().upper()[i]) : s.samples().value(i);
      }
      all.add(new SourceSeries(s.labels().with(Labels.NAME, "r"), Samples.gauges(times, values)));
    }
  }

  private static QueryEngine engine(boolean bands) {
    return new QueryEngine(QueryOptions.DEFAULT.withBands(bands).withLookback(SECOND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$ * 3 - 2",
        "$ - on (id) group_left () ($ / 2)",
        "sum($)",
        "avg by (g) ($)",
        "min($)",
        "max by (g) ($)",
        "quantile(0.3, $)",
        "topk(9, $)",
        "$ ^ 2",
        "($ - 10) ^ 2",
        "($ - 10) ^ 3",
        "($ + 1) ^ -1.5",
        "2 ^ ($ / 10)",
        "($ + 1) ^ on (id) ($ / 50)",
        "$ % 3",
        "($ - 5) % 7",
        "100 % ($ + 1)",
        "$ % on (id) ($ + 2)",
        "($ and on (id) some) or ($ * 2)",
        "($ * 2 and on (id) some) or some or -$",
        "min_over_time($[1m:10s])",
        "max_over_time($[1m:10s])",
        "sum_over_time($[1m:20s])",
        "avg_over_time($[1m:10s])",
        "first_over_time($[1m:10s])",
        "last_over_time(($ * 2)[30s:10s])",
        "quantile_over_time(0.7, $[1m:10s])",
        "max_over_time(sum($)[1m:10s] offset 20s)",
        "abs($ - 10)",
        "round($, 2)",
        "clamp($, 5, 15)",
        "clamp_min($, 8)",
        "clamp_max($, 8)",
        "sgn($ - 10)",
        "sqrt($)",
        "ln($ + 1)",
        "ceil($) + floor($)"
      })
  void expressions_of_rates_hold_those_of_what_the_rates_may_be(String expression) {
    load();
    QueryResult.Matrix bounds =
        (QueryResult.Matrix)
            engine(true).range(source, expression.replace("$", RATE), START, END, STEP);
    QueryResult.Matrix values =
        (QueryResult.Matrix)
            engine(false).range(source, expression.replace("$", "(r + 0)"), START, END, STEP);
    assertEquals(bounds.series().size(), values.series().size());
    int known = 0;
    for (int s = 0; s < bounds.series().size(); s++) {
      QueryResult.Series a = bounds.series().get(s);
      QueryResult.Series b = values.series().get(s);
      assertEquals(a.labels(), b.labels());
      assertEquals(a.samples().size(), b.samples().size());
      for (int i = 0; i < a.samples().size(); i++) {
        boolean has = a.band() != null && !Double.isNaN(a.band().lower()[i]);
        double low = has ? a.band().lower()[i] : a.samples().value(i);
        double high = has ? a.band().upper()[i] : a.samples().value(i);
        double v = b.samples().value(i);
        double slack = 1e-9 * Math.max(1, Math.abs(v));
        if (has || a.band() == null) {
          known += has ? 1 : 0;
          assertTrue(
              v >= low - slack && v <= high + slack,
              expression + " " + a.labels() + ": " + v + " not in " + low + " to " + high);
        }
      }
    }
    assertTrue(known > 10, known + " bounds");
  }

  @Test
  void the_share_of_values_in_a_range_is_within_what_the_buckets_allow() {
    for (int round = 0; round < 200; round++) {
      Histogram h = new Histogram(new HistogramConfig(2, 20));
      List<long[]> rows = new ArrayList<>();
      rows.add(h.buckets().clone());
      long[] values = random.longs(20, 0, 1000).toArray();
      for (long v : values) {
        h.increment(v);
      }
      rows.add(h.buckets().clone());
      all.clear();
      all.add(
          new SourceSeries(
              Labels.of(Labels.NAME, "h"),
              Samples.h2(
                  new long[] {50 * SECOND, 60 * SECOND},
                  H2Rows.of(new HistogramConfig(2, 20), rows),
                  null)));
      long from = random.nextInt(500) - 1;
      long to = from + 1 + random.nextInt(600);
      QueryResult.Vector answer =
          (QueryResult.Vector)
              engine(true)
                  .instant(
                      source,
                      "histogram_fraction(" + from + ", " + to + ", increase(h[1m]))",
                      60 * SECOND);
      Band band = answer.series().get(0).band();
      assertNotNull(band);
      double share = Arrays.stream(values).filter(v -> v > from && v <= to).count() / 20.0;
      assertTrue(
          share >= band.lower()[0] - 1e-9 && share <= band.upper()[0] + 1e-9,
          share + " not in " + band.lower()[0] + " to " + band.upper()[0]);
    }
  }
}

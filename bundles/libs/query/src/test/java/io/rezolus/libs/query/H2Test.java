package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.HistogramConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class H2Test {
  private static final long SECOND = 1_000_000_000L;
  private static final int ROWS = 121;
  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private final List<SourceSeries> series = new ArrayList<>();
  private final Map<String, List<long[]>> values = new TreeMap<>();

  private final SeriesSource source =
      (matchers, a, b) ->
          series.stream()
              .filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels())))
              .toList();

  /** A histogram of random values a second, remembered by series and second. */
  private void random(String id, HistogramConfig config, int seed) {
    Random random = new Random(seed);
    Histogram h = new Histogram(config);
    List<long[]> rows = new ArrayList<>();
    List<long[]> seen = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      long[] now = new long[i == 0 ? 0 : 1 + random.nextInt(50)];
      for (int k = 0; k < now.length; k++) {
        now[k] = random.nextLong() >>> (24 + random.nextInt(38));
        h.increment(now[k]);
      }
      rows.add(h.buckets().clone());
      seen.add(now);
    }
    add(id, config, rows);
    values.put(id, seen);
  }

  private void add(String id, HistogramConfig config, List<long[]> rows) {
    long[] times = new long[rows.size()];
    Arrays.setAll(times, i -> i * SECOND);
    Samples samples = Samples.h2(times, H2Rows.of(config, rows), null);
    series.add(new SourceSeries(Labels.of(Labels.NAME, "h", "id", id), samples));
  }

  private long[] between(String id, int from, int to) {
    return values.get(id).subList(from + 1, to + 1).stream()
        .flatMapToLong(Arrays::stream)
        .sorted()
        .toArray();
  }

  private QueryResult.Matrix range(String query, int step) {
    return (QueryResult.Matrix) engine.range(source, query, 0, (ROWS - 1) * SECOND, step * SECOND);
  }

  private Samples one(String query, int step) {
    List<QueryResult.Series> all = range(query, step).series();
    assertEquals(1, all.size(), query);
    return all.get(0).samples();
  }

  private double instant(String query, int second) {
    List<QueryResult.Series> all =
        ((QueryResult.Vector) engine.instant(source, query, second * SECOND)).series();
    assertEquals(1, all.size(), query);
    return all.get(0).samples().value(0);
  }

  @Test
  void a_quantile_is_the_upper_edge_of_the_bucket_that_holds_the_exact_one() {
    random("a", HistogramConfig.NATIVE, 1);
    for (double q : new double[] {0, 0.5, 0.9, 0.99, 1}) {
      for (int step : new int[] {1, 10}) {
        Samples s = one("histogram_quantile(" + q + ", h)", step);
        assertTrue(s.size() > 0);
        for (int i = 0; i < s.size(); i++) {
          int t = (int) (s.time(i) / SECOND);
          long[] all = between("a", t - step, t);
          long exact = all[(int) Math.max(0, Math.ceil(q * all.length) - 1)];
          HistogramConfig c = HistogramConfig.NATIVE;
          assertEquals(c.upper(c.index(exact)), s.value(i), q + " at " + t);
        }
      }
    }
  }

  @Test
  void quantiles_of_a_rate_are_those_of_the_increase() {
    random("a", HistogramConfig.NATIVE, 2);
    Samples rate = one("histogram_quantile(0.9, rate(h[10s]))", 5);
    Samples increase = one("histogram_quantile(0.9, increase(h[10s]))", 5);
    assertEquals(increase.size(), rate.size());
    for (int i = 0; i < rate.size(); i++) {
      assertEquals(increase.value(i), rate.value(i));
    }
  }

  @Test
  void counts_everything_that_was_observed_since_the_step_before() {
    random("a", HistogramConfig.NATIVE, 3);
    Samples s = one("histogram_count(h)", 20);
    for (int i = 0; i < s.size(); i++) {
      int t = (int) (s.time(i) / SECOND);
      assertEquals(between("a", t - 20, t).length, s.value(i));
    }
    assertEquals(6, s.size());
  }

  @Test
  void a_coarse_step_is_its_fine_steps_merged() {
    random("a", HistogramConfig.NATIVE, 4);
    Samples fine = one("histogram_count(h)", 1);
    Samples coarse = one("histogram_count(h)", 30);
    double sum = 0;
    for (int i = 0; i < fine.size(); i++) {
      sum += fine.value(i);
    }
    double merged = 0;
    for (int i = 0; i < coarse.size(); i++) {
      merged += coarse.value(i);
    }
    assertEquals(sum, merged);
  }

  @Test
  void a_column_of_the_heatmap_adds_up_to_the_count() {
    random("a", HistogramConfig.NATIVE, 5);
    QueryResult.Heatmap map =
        (QueryResult.Heatmap)
            engine.range(source, "histogram_heatmap(h)", 0, 120 * SECOND, 10 * SECOND);
    QueryResult.HeatmapSeries s = map.series().get(0);
    double[] sums = new double[s.times().length];
    for (int i = 0; i < s.count().length; i++) {
      sums[s.time()[i]] += s.count()[i];
    }
    Samples count = one("histogram_count(h)", 10);
    double[] counts = new double[count.size()];
    Arrays.setAll(counts, count::value);
    assertArrayEquals(counts, sums);
    assertTrue(s.bounds()[0] < s.bounds()[s.bounds().length - 1]);
  }

  @Test
  void a_heatmap_is_no_operand() {
    random("a", HistogramConfig.NATIVE, 5);
    assertThrows(QueryException.class, () -> range("histogram_heatmap(h) + 1", 1));
  }

  @Test
  void sums_are_merged_in_the_coarser_layout() {
    random("a", new HistogramConfig(7, 64), 6);
    random("b", new HistogramConfig(3, 44), 7);
    Samples s = one("histogram_quantile(0.5, sum(h))", 10);
    HistogramConfig c = HistogramConfig.NATIVE;
    for (int i = 0; i < s.size(); i++) {
      int t = (int) (s.time(i) / SECOND);
      long[] all =
          java.util.stream.LongStream.concat(
                  Arrays.stream(between("a", t - 10, t)), Arrays.stream(between("b", t - 10, t)))
              .sorted()
              .toArray();
      long exact = all[(int) Math.ceil(0.5 * all.length) - 1];
      assertEquals(c.upper(c.index(exact)), s.value(i));
    }
    assertEquals(
        instant("histogram_count(sum(increase(h[20s] anchored)))", 60) / 2,
        instant("histogram_count(avg(increase(h[20s] anchored)))", 60));
  }

  @Test
  void a_restart_makes_the_new_histogram_count_whole() {
    HistogramConfig c = new HistogramConfig(1, 3);
    add(
        "a",
        c,
        List.of(
            new long[] {5, 0, 0, 0, 0, 0},
            new long[] {7, 1, 0, 0, 0, 0},
            new long[] {0, 4, 0, 0, 0, 0},
            new long[] {1, 4, 0, 0, 0, 0}));
    assertEquals(3 + 4 + 1, instant("histogram_count(increase(h[3s] anchored))", 3));
    assertEquals(1, instant("resets(h[10s])", 3));
    assertEquals(4, instant("histogram_count(irate(h[2s]))", 2));
    assertEquals(4, instant("histogram_count(h)", 2));
  }

  @Test
  void counts_on_past_the_largest_signed_number() {
    HistogramConfig c = new HistogramConfig(1, 3);
    add(
        "a",
        c,
        List.of(
            new long[] {Long.MAX_VALUE, 0, 0, 0, 0, 0},
            new long[] {Long.MAX_VALUE + 3, 0, 0, 0, 0, 0},
            new long[] {-1L, 0, 0, 0, 0, 0}));
    assertEquals(3, instant("histogram_count(irate(h[2s]))", 1));
    assertEquals(0, instant("resets(h[10s])", 2));
    assertEquals(0x1p64, instant("histogram_count(last_over_time(h[10s]))", 2));
  }

  @Test
  void the_largest_value_is_the_edge_of_the_last_bucket() {
    long[] none = new long[496];
    long[] some = none.clone();
    some[495] = 1;
    add("a", HistogramConfig.NATIVE, List.of(none, some));
    assertEquals(0x1p64, instant("histogram_quantile(1, h)", 1));
  }

  @Test
  void statistics_take_the_middle_of_a_bucket() {
    HistogramConfig c = new HistogramConfig(1, 5);
    Histogram h = new Histogram(c);
    add("a", c, List.of(h.buckets().clone(), with(h, 1, 3, 9, 9).buckets().clone()));
    assertEquals(1 + 3 + 9.5 + 9.5, instant("histogram_sum(h)", 1));
    assertEquals(23 / 4.0, instant("histogram_avg(h)", 1));
    assertEquals(23 / 4.0, instant("histogram_mean(h)", 1));
    assertEquals(0.5, instant("histogram_fraction(0, 3, h)", 1));
    assertEquals(1, instant("histogram_fraction(-Inf, +Inf, h)", 1));
    double variance = (4.75 * 4.75 + 2.75 * 2.75 + 2 * 3.75 * 3.75) / 4;
    assertEquals(variance, instant("histogram_stdvar(h)", 1), 1e-9);
    assertEquals(Math.sqrt(variance), instant("histogram_stddev(h)", 1), 1e-9);
  }

  private static Histogram with(Histogram h, long... values) {
    for (long v : values) {
      h.increment(v);
    }
    return h;
  }

  @Test
  void both_spellings_of_several_quantiles_agree() {
    random("a", HistogramConfig.NATIVE, 8);
    QueryResult.Matrix ours = range("histogram_quantiles(h, \"quantile\", 0.5, 0.99)", 10);
    for (String name : List.of("histogram_quantiles", "histogram_percentiles")) {
      QueryResult.Matrix brackets = range(name + "([0.5, 0.99], h)", 10);
      assertEquals(2, brackets.series().size());
      for (int i = 0; i < 2; i++) {
        assertEquals(ours.series().get(i).labels(), brackets.series().get(i).labels());
        assertEquals(
            ours.series().get(i).samples().value(3), brackets.series().get(i).samples().value(3));
      }
    }
    assertEquals(
        "histogram_quantiles([0.5, 0.99], h, 10) / 1000000000",
        QueryEngine.format("histogram_quantiles( [0.5,0.99],h,10)/1e9"));
    assertEquals(
        4, range("histogram_quantiles([0.5], h, 30)", 10).series().get(0).samples().size());
  }

  @Test
  void functions_may_carry_the_grouping_of_their_argument() {
    random("a", HistogramConfig.NATIVE, 9);
    random("b", HistogramConfig.NATIVE, 10);
    assertEquals(2, range("histogram_mean by (id) (h)", 10).series().size());
    assertEquals(
        one("histogram_count(sum without (id) (h))", 10).value(2),
        one("histogram_count without (id) (h)", 10).value(2));
    assertEquals(
        one("sum(histogram_count(h))", 10).value(2),
        one("histogram_irate by () (h)", 10).value(2) * 10,
        1e-9);
  }

  @Test
  void scales_adds_and_compares_histograms() {
    random("a", HistogramConfig.NATIVE, 11);
    double n = instant("histogram_count(last_over_time(h[1m]))", 60);
    assertEquals(2 * n, instant("histogram_count(last_over_time(h[1m]) * 2)", 60));
    assertEquals(n / 4, instant("histogram_count(last_over_time(h[1m]) / 4)", 60));
    assertEquals(2 * n, instant("histogram_count(h + h)", 60));
    assertEquals(0, instant("histogram_count(h - h)", 60));
    assertEquals(1, instant("count(h == h)", 60));
    assertEquals(-n, instant("histogram_count(-h)", 60));
  }

  @Test
  void subqueries_offsets_and_fixed_times_keep_the_buckets() {
    random("a", HistogramConfig.NATIVE, 12);
    double plain = instant("histogram_quantile(0.9, increase(h[20s]))", 60);
    assertEquals(plain, instant("histogram_quantile(0.9, increase(h[20s] offset 10s))", 70));
    assertEquals(plain, instant("histogram_quantile(0.9, increase(h[20s] @ 60))", 100));
    assertEquals(
        instant("histogram_count(sum_over_time(h[10s]))", 60),
        instant("histogram_count(sum_over_time(h[10s:1s]))", 60));
    assertEquals(
        plain, instant("histogram_quantile(0.9, last_over_time(increase(h[20s])[5s:1s]))", 60));
  }

  @Test
  void no_observation_gives_no_point() {
    long[] row = new long[496];
    row[3] = 7;
    add("a", HistogramConfig.NATIVE, List.of(row, row, row));
    for (String f : List.of("quantile(0.5, h)", "count(h)", "mean(h)", "quantiles([0.5], h)")) {
      assertEquals(
          0,
          ((QueryResult.Matrix) engine.range(source, "histogram_" + f, 0, 2 * SECOND, SECOND))
              .series()
              .size());
    }
  }

  @Test
  void answers_carry_the_buckets_with_their_bounds() {
    HistogramConfig c = new HistogramConfig(1, 5);
    Histogram h = with(new Histogram(c), 1, 9);
    add("a", c, List.of(h.buckets().clone()));
    Samples s = ((QueryResult.Vector) engine.instant(source, "h", 0)).series().get(0).samples();
    assertEquals("{count:2, sum:10.5, (0,1]:1, (7,11]:1}", s.histogram(0).toString());
  }
}

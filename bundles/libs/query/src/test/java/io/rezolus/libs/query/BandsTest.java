package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counters that grow by 10 a second, read every 10 s within the second that follows. */
class BandsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final double LOW = 500 / 51.0;
  private static final double HIGH = 500 / 49.0;
  private static final double CLOSE = 1e-9;

  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT.withBands(true));
  private final QueryEngine plain = new QueryEngine(QueryOptions.DEFAULT);
  private final List<SourceSeries> all = new ArrayList<>();
  private final SeriesSource source =
      (matchers, a, b) ->
          all.stream().filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels()))).toList();

  BandsTest() {
    counter("x", "0", 1);
    counter("x", "1", 1);
    counter("x", "exact", -1);
    counter("y", "0", 2);
    counter("y", "1", 2);
    Histogram h = new Histogram(HistogramConfig.NATIVE);
    List<long[]> rows = new ArrayList<>();
    rows.add(h.buckets().clone());
    h.increment(1000);
    rows.add(h.buckets().clone());
    H2Rows counts = H2Rows.of(HistogramConfig.NATIVE, rows);
    all.add(
        new SourceSeries(
            Labels.of(Labels.NAME, "h"),
            Samples.h2(new long[] {50 * SECOND, 60 * SECOND}, counts, null)));
  }

  /**
   * @param window seconds that reading takes, negative where nobody knows
   */
  private void counter(String name, String id, int window) {
    long[] times = new long[13];
    long[] values = new long[13];
    long[] ends = new long[13];
    for (int i = 0; i < times.length; i++) {
      times[i] = 10 * i * SECOND;
      values[i] = 100L * i;
      ends[i] = times[i] + window * SECOND;
    }
    SourceSeries s =
        new SourceSeries(
            Labels.of(Labels.NAME, name, "id", id), Samples.counters(times, values, null));
    all.add(window > 0 ? s.withWindows(() -> new RowWindows(times, times, ends)) : s);
  }

  private Band band(String query) {
    QueryResult.Vector answer = (QueryResult.Vector) engine.instant(source, query, 60 * SECOND);
    QueryResult.Vector same = (QueryResult.Vector) plain.instant(source, query, 60 * SECOND);
    assertEquals(1, answer.series().size());
    assertEquals(
        same.series().get(0).samples().value(0), answer.series().get(0).samples().value(0));
    assertNull(same.series().get(0).band());
    return answer.series().get(0).band();
  }

  private void check(String query, double lower, double upper) {
    Band band = band(query);
    assertEquals(lower, band.lower()[0], CLOSE, query);
    assertEquals(upper, band.upper()[0], CLOSE, query);
  }

  @Test
  void a_rate_is_as_uncertain_as_the_time_it_covers() {
    check("rate(x{id=\"0\"}[1m])", LOW, HIGH);
    check("increase(x{id=\"0\"}[1m])", 60 * LOW, 60 * HIGH);
    check("irate(x{id=\"0\"}[1m])", 100 / 11.0, 100 / 9.0);
  }

  @Test
  void what_is_done_with_a_rate_and_scalars_is_done_with_its_bounds() {
    check("2 * rate(x{id=\"0\"}[1m]) + 1", 2 * LOW + 1, 2 * HIGH + 1);
    check("-rate(x{id=\"0\"}[1m])", -HIGH, -LOW);
    check("100 / (rate(x{id=\"0\"}[1m]))", 100 / HIGH, 100 / LOW);
    assertNull(band("1 / (rate(x{id=\"0\"}[1m]) - 10)"));
    check("rate(x{id=\"0\"}[1m]) ^ 2", LOW * LOW, HIGH * HIGH);
    check("(rate(x{id=\"0\"}[1m]) - 10) ^ 2", 0, (HIGH - 10) * (HIGH - 10));
    check("rate(x{id=\"0\"}[1m]) % 3", LOW - 9, HIGH - 9);
    check("rate(x{id=\"0\"}[1m]) % 10", 0, 10);
    assertNull(band("(rate(x{id=\"0\"}[1m]) - 10) ^ 0.5"));
    assertNull(band("rate(x{id=\"0\"}[1m]) atan2 2"));
  }

  @Test
  void sums_and_means_add_bounds_and_take_others_as_exact() {
    check("sum(rate(x{id!=\"exact\"}[1m]))", 2 * LOW, 2 * HIGH);
    check("avg(rate(x[1m]))", (2 * LOW + 10) / 3, (2 * HIGH + 10) / 3);
    assertNull(band("sum(rate(x{id=\"exact\"}[1m]))"));
  }

  @Test
  void the_greatest_is_between_the_greatest_bounds() {
    check("max(rate(x[1m]))", 10, HIGH);
    check("min(rate(x[1m]))", LOW, 10);
    check("quantile(0.5, rate(x[1m]))", LOW, HIGH);
    assertNull(band("max(rate(x{id=\"exact\"}[1m]))"));
    assertNull(band("stddev(rate(x[1m]))"));
    check("max_over_time(rate(x{id=\"0\"}[1m])[20s:10s])", LOW, HIGH);
    check("sum_over_time(rate(x{id=\"0\"}[1m])[20s:10s])", LOW + 500 / 60.0, 2 * HIGH);
    check("last_over_time(rate(x{id=\"0\"}[1m])[20s:10s])", LOW, HIGH);
    check("quantile_over_time(1, rate(x{id=\"0\"}[1m])[20s:10s])", LOW, HIGH);
    assertNull(band("max_over_time(x{id=\"0\"}[1m])"));
    assertNull(band("changes(rate(x{id=\"0\"}[1m])[20s:10s])"));
  }

  @Test
  void what_only_selects_elements_keeps_their_bounds() {
    check("topk(1, rate(x{id=\"0\"}[1m]))", LOW, HIGH);
    check("sort(rate(x{id=\"0\"}[1m]))", LOW, HIGH);
    check("rate(x{id=\"0\"}[1m]) > 1", LOW, HIGH);
    check("rate(x{id=\"0\"}[1m]) >= rate(x{id=\"0\"}[2m])", LOW, HIGH);
    check("rate(x{id=\"0\"}[1m]) and x", LOW, HIGH);
    check("rate(x{id=\"0\"}[1m]) unless x{id=\"1\"}", LOW, HIGH);
    check("rate(x{id=\"0\"}[1m]) or x{id=\"0\"}", LOW, HIGH);
    check("nothing or rate(x{id=\"0\"}[1m])", LOW, HIGH);
    assertNull(band("x{id=\"0\"} or rate(x{id=\"0\"}[1m])"));
    assertNull(band("rate(x{id=\"0\"}[1m]) > bool 1"));
  }

  @Test
  void two_vectors_of_one_acquisition_are_combined_at_the_corners_of_their_bounds() {
    String a = "rate(x{id=\"0\"}[1m])";
    String b = "ignoring (id) rate(x{id=\"1\"}[1m])";
    check(a + " + " + b, 2 * LOW, 2 * HIGH);
    check(a + " - " + b, LOW - HIGH, HIGH - LOW);
    check(a + " * " + b, LOW * LOW, HIGH * HIGH);
    check(a + " / " + b, LOW / HIGH, HIGH / LOW);
    check("(" + a + " - 20) * " + b, (LOW - 20) * HIGH, (HIGH - 20) * LOW);
    check("sum(rate(x{id!=\"exact\"}[1m])) / 2 - on () " + a, LOW - HIGH, HIGH - LOW);
    check(
        "sum(" + a + " / ignoring (id) group_left () rate(x{id=\"1\"}[1m]))",
        LOW / HIGH,
        HIGH / LOW);
  }

  @Test
  void a_side_without_bounds_counts_as_exact() {
    check("rate(x{id=\"0\"}[1m]) / ignoring (id) rate(x{id=\"exact\"}[1m])", LOW / 10, HIGH / 10);
    check("x{id=\"exact\"} / ignoring (id) rate(x{id=\"0\"}[1m])", 600 / HIGH, 600 / LOW);
    check("rate(x{id=\"0\"}[1m]) + fill_right (3) nothing", LOW + 3, HIGH + 3);
    assertNull(band("x{id=\"0\"} / x"));
  }

  @Test
  void nothing_is_known_of_what_is_divided_by_what_may_be_zero() {
    assertNull(band("x{id=\"0\"} / (rate(x[1m]) - 10)"));
    assertNull(band("rate(x{id=\"0\"}[1m]) / 0"));
    assertNull(band("rate(x{id=\"0\"}[1m]) % (rate(x[1m]) - 10)"));
    assertNull(band("rate(x{id=\"0\"}[1m]) == bool rate(x[1m])"));
  }

  @Test
  void sides_of_two_acquisitions_are_first_as_uncertain_as_the_time_that_spans_both() {
    double low = 500 / 52.0;
    double high = 500 / 48.0;
    check("rate(x{id=\"0\"}[1m]) / rate(y{id=\"0\"}[1m])", low / high, high / low);
    check("sum(rate(x{id=\"0\"}[1m])) + sum(rate(y{id=\"0\"}[1m]))", 2 * low, 2 * high);
    // whatever they are nested in
    check(
        "2 * (sum(rate(x[1m])) - sum(rate(x[1m]))) + sum(rate(y{id=\"0\"}[1m]))",
        2 * (2 * low + 10 - 2 * high - 10) + low,
        2 * (2 * high - 2 * low) + high);
    // alone each is as it was read
    check("rate(y{id=\"0\"}[1m]) / ignoring (id) rate(y{id=\"1\"}[1m])", low / high, high / low);
    check("rate(x{id=\"0\"}[1m]) > rate(y{id=\"0\"}[1m]) - 1", LOW, HIGH);
  }

  @Test
  void values_of_a_histogram_lie_anywhere_in_their_buckets() {
    HistogramConfig config = HistogramConfig.NATIVE;
    double low = config.lower(config.index(1000));
    double high = config.upper(config.index(1000));
    check("histogram_avg(rate(h[1m]))", low, high);
    check("histogram_mean(increase(h[1m]))", low, high);
    check("histogram_sum(last_over_time(h[5m]))", low, high);
    check("histogram_sum(-last_over_time(h[5m]))", -high, -low);
    check(
        "histogram_sum(last_over_time(h[5m])) / histogram_count(last_over_time(h[5m]))", low, high);
    check("histogram_quantiles(increase(h[1m]), \"q\", 0.5)", low, high);
    check("histogram_quantiles([0.5], increase(h[1m]))", low, high);
    assertNull(band("histogram_count(last_over_time(h[5m]))"));
    assertNull(band("histogram_stddev(last_over_time(h[5m]))"));
  }

  @Test
  void a_quantile_is_within_its_bucket() {
    Band band = band("histogram_quantile(0.5, increase(h[1m]))");
    HistogramConfig config = HistogramConfig.NATIVE;
    assertEquals(config.lower(config.index(1000)), band.lower()[0]);
    assertEquals(config.upper(config.index(1000)), band.upper()[0]);
  }

  @Test
  void buckets_are_found_by_their_largest_value_however_large() {
    HistogramConfig config = HistogramConfig.NATIVE;
    for (int i = 0; i < config.bucketCount(); i++) {
      double start = H2Rows.bucketStart(config, H2Rows.unsigned(config.upper(i)));
      assertEquals(H2Rows.unsigned(config.lower(i)), start, "bucket " + i);
    }
  }

  @Test
  void what_has_no_bounds_says_so() {
    for (String query :
        List.of(
            "1 + stddev(rate(x[1m]))",
            "rate(x[1m]) atan2 2",
            "rate(x[1m]) > bool rate(y[1m])",
            "max(deriv(rate(x[1m])[1m:10s]))",
            "histogram_stddev(rate(h[1m]))",
            "cos(histogram_quantile(0.5, rate(h[1m])))")) {
      String infos = engine.instant(source, query, 60 * SECOND).annotations().infos().toString();
      assertTrue(infos.contains("bounds of uncertainty are not known behind "), query + infos);
      assertTrue(plain.instant(source, query, 60 * SECOND).annotations().infos().isEmpty());
    }
    for (String query : List.of("stddev(x)", "count(rate(x[1m]))", "rate(x[1m])")) {
      assertTrue(engine.instant(source, query, 60 * SECOND).annotations().infos().isEmpty(), query);
    }
  }

  @Test
  void bounds_are_told_beside_the_values() throws IOException {
    QueryResult answer =
        engine.range(source, "rate(x{id=\"0\"}[1m])", 10 * SECOND, 60 * SECOND, 10 * SECOND);
    QueryResult.Series one = ((QueryResult.Matrix) answer).series().get(0);
    assertEquals(one.samples().size(), one.band().lower().length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes json = new JsonBytes(bytes);
    new ResultJson(json).write(answer, 0, -1);
    json.flush();
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.endsWith(",[" + LOW + "," + HIGH + "]]}]}"), text);
  }
}

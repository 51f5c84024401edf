package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A selector by itself gives what it gives as part of an expression. */
class PlainSelectionTest {
  private static final long SECOND = 1_000_000_000L;

  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private final List<SourceSeries> all = new ArrayList<>();
  private final SeriesSource source =
      (matchers, a, b) ->
          all.stream().filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels()))).toList();
  private final long[] times = new long[20];

  PlainSelectionTest() {
    Arrays.setAll(times, i -> (100 + i) * SECOND);
  }

  private void add(String id, Samples samples) {
    all.add(new SourceSeries(Labels.of(Labels.NAME, "x", "id", id), samples));
  }

  private List<QueryResult.Series> range(String query, long from, long to, long step) {
    return ((QueryResult.Matrix)
            engine.range(source, query, from * SECOND, to * SECOND, step * SECOND))
        .series();
  }

  /** Compares with a form of it that is evaluated. */
  private void check(long from, long to, long step) {
    List<QueryResult.Series> plain = range("(x)", from, to, step);
    List<QueryResult.Series> evaluated = range("x or x", from, to, step);
    assertEquals(evaluated.size(), plain.size());
    for (int s = 0; s < plain.size(); s++) {
      Samples a = plain.get(s).samples();
      Samples b = evaluated.get(s).samples();
      assertEquals(evaluated.get(s).labels(), plain.get(s).labels());
      assertEquals(b.size(), a.size());
      for (int i = 0; i < a.size(); i++) {
        assertEquals(b.time(i), a.time(i));
        assertEquals(b.value(i), a.value(i));
      }
    }
  }

  private void checkAll() {
    for (long[] window :
        new long[][] {
          {100, 119, 1}, {105, 110, 1}, {105, 105, 1}, {100, 119, 2}, {90, 110, 1}, {110, 500, 1}
        }) {
      check(window[0], window[1], window[2]);
    }
  }

  @Test
  void rows_at_the_steps_are_the_answer() {
    long[] counts = new long[20];
    Arrays.setAll(counts, i -> i == 7 ? -3 : (1L << 60) + i);
    add("b", Samples.counters(times, counts));
    double[] values = new double[20];
    Arrays.setAll(values, i -> i == 9 ? Double.NaN : Math.sqrt(i));
    add("a", Samples.gauges(times, values));
    checkAll();
    List<QueryResult.Series> whole = range("x", 100, 119, 1);
    assertSame(times, whole.get(0).samples().times);
    assertSame(counts, whole.get(1).samples().counters);
  }

  @Test
  void what_is_not_at_the_steps_or_has_gone_is_looked_back_for() {
    double[] values = new double[20];
    add("full", Samples.gauges(times, values));
    long[] some = Arrays.copyOfRange(times, 3, 15);
    add("some", Samples.gauges(some, new double[12]));
    checkAll();
    double[] stale = new double[20];
    stale[12] = Samples.STALE;
    add("stale", Samples.gauges(times, stale));
    checkAll();
    add("ended", Samples.counters(times, new long[20], new long[] {109 * SECOND + 1}));
    checkAll();
    long[] odd = times.clone();
    odd[5]++;
    add("odd", Samples.counters(odd, new long[20]));
    checkAll();
  }

  @Test
  void two_rows_of_the_same_labels_at_a_step_stay_an_error() {
    add("a", Samples.gauges(times, new double[20]));
    add("a", Samples.counters(times, new long[20]));
    assertThrows(QueryException.class, () -> range("x", 100, 119, 1));
  }
}

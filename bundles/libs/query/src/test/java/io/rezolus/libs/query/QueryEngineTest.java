package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryEngineTest {
  private static final long SECOND = 1_000_000_000L;

  private static SeriesSource counter(long... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * SECOND;
    }
    Labels labels = Labels.of(Labels.NAME, "c");
    return (m, a, b) -> List.of(new SourceSeries(labels, Samples.counters(times, values)));
  }

  private static double only(QueryResult r) {
    return ((QueryResult.Vector) r).series().get(0).samples().value(0);
  }

  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);

  @Test
  void subtracts_large_counters_before_they_become_floats() {
    long base = (1L << 60) + 1;
    SeriesSource source = counter(base, base + 1, base + 2, base + 3);
    assertEquals(1.0, only(engine.instant(source, "rate(c[3s])", 3 * SECOND)), 1e-12);
    assertEquals(1.0, only(engine.instant(source, "irate(c[3s])", 3 * SECOND)), 1e-12);
  }

  @Test
  void counts_on_past_the_largest_signed_number() {
    SeriesSource source = counter(Long.MAX_VALUE, Long.MAX_VALUE + 5, Long.MAX_VALUE + 10);
    assertEquals(5.0, only(engine.instant(source, "irate(c[3s])", 2 * SECOND)), 1e-12);
    assertEquals(0.0, only(engine.instant(source, "resets(c[3s])", 2 * SECOND)), 0);
  }

  @Test
  void refuses_a_query_above_its_sample_limit() {
    QueryEngine small = new QueryEngine(QueryOptions.DEFAULT.withMaxSamples(10));
    QueryException e =
        assertThrows(
            QueryException.class,
            () -> small.range(counter(1, 2, 3), "c + c", 0, 9 * SECOND, SECOND));
    assertEquals(QueryException.Kind.LIMIT, e.kind());
  }

  @Test
  void refuses_elements_that_would_not_fit_before_it_reads_any() {
    int[] read = new int[1];
    SeriesSource source =
        (m, a, b) ->
            java.util.Collections.nCopies(
                1000,
                new SourceSeries(
                    Labels.of(Labels.NAME, "c"),
                    () -> {
                      read[0]++;
                      return Samples.counters(new long[1], new long[1]);
                    }));
    QueryEngine small = new QueryEngine(QueryOptions.DEFAULT.withMaxBytes(1_000_000));
    for (String query : new String[] {"c", "rate(c[1m])"}) {
      QueryException e =
          assertThrows(
              QueryException.class, () -> small.range(source, query, 0, 999 * SECOND, SECOND));
      assertEquals(QueryException.Kind.LIMIT, e.kind());
    }
    assertEquals(0, read[0]);
  }

  @Test
  void looks_once_at_a_time_that_is_fixed() {
    int[] read = new int[1];
    SeriesSource source =
        (m, a, b) -> {
          read[0]++;
          return counter(1, 2, 3, 4).select(m, a, b);
        };
    QueryResult r = engine.range(source, "rate(c[3s] @ 3) + c @ 2", 0, 100 * SECOND, SECOND);
    Samples s = ((QueryResult.Matrix) r).series().get(0).samples();
    assertEquals(101, s.size());
    assertEquals(4, s.value(50), 1e-12);
    assertEquals(2, read[0]);
  }

  @Test
  void stops_when_the_caller_is_gone_or_the_time_is_over() {
    QueryEngine gone =
        new QueryEngine(QueryOptions.DEFAULT.withInterruption(Long.MAX_VALUE, () -> true));
    assertEquals(
        QueryException.Kind.CANCELED,
        assertThrows(QueryException.class, () -> gone.instant(counter(1), "c", 0)).kind());
    QueryEngine late =
        new QueryEngine(QueryOptions.DEFAULT.withInterruption(System.nanoTime() - 1, () -> false));
    assertEquals(
        QueryException.Kind.TIMEOUT,
        assertThrows(QueryException.class, () -> late.instant(counter(1), "c", 0)).kind());
  }
}

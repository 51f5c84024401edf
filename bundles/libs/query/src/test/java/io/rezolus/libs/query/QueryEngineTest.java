package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Two counters of 300 s, one of which restarts, is away for a while and ends early. */
  private static SeriesSource two() {
    List<SourceSeries> all = new ArrayList<>();
    for (int id = 0; id < 2; id++) {
      long[] times = new long[id == 0 ? 300 : 200];
      long[] values = new long[times.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = (i + (id == 1 && i > 100 ? 40 : 0)) * SECOND;
        values[i] = id == 1 && i > 57 ? i * 3 : i * (7 - id) + 1000;
      }
      long[] ends = id == 1 ? new long[] {101 * SECOND, 240 * SECOND} : null;
      all.add(
          new SourceSeries(
              Labels.of(Labels.NAME, "c", "id", "" + id), Samples.counters(times, values, ends)));
    }
    return (m, a, b) -> all;
  }

  @Test
  void an_answer_in_pieces_is_the_answer() {
    SeriesSource source = two();
    for (String query :
        new String[] {
          "c",
          "rate(c[30s])",
          "sum(rate(c[30s]))",
          "sum by (id) (increase(c[1m])) / 2",
          "topk(1, c)",
          "limitk(1, c)",
          "c / on (id) (c offset 10s)",
          "c == 7 or c",
          "absent(c{id=\"7\"})",
          "max_over_time(rate(c[10s])[1m:7s])",
          "c @ end() - c @ start()",
          "c - c @ 120",
          "rate(c[1m] smoothed)",
          "rate(c[step() * 30])",
          "time() + range()",
          "count_values(\"v\", c % 5)",
          "quantile(0.3, c)",
          "resets(c[2m])",
          "timestamp(c)",
          "label_replace(c, \"x\", \"$1\", \"id\", \"(.*)\")",
          "3"
        }) {
      QueryResult whole = engine.range(source, query, 0, 330 * SECOND, SECOND);
      Map<String, Double> expected = points(whole);
      for (int most : new int[] {1, 7, 100, 331, 1000}) {
        Map<String, Double> found = new TreeMap<>();
        RangePieces pieces = engine.pieces(source, query, 0, 330 * SECOND, SECOND, most);
        while (pieces.hasNext()) {
          QueryResult piece = pieces.next();
          for (QueryResult.Series s : ((QueryResult.Matrix) piece).series()) {
            assertTrue(s.samples().size() <= most, query);
          }
          found.putAll(points(piece));
        }
        assertEquals(expected, found, query + " by " + most);
      }
    }
  }

  private static Map<String, Double> points(QueryResult result) {
    Map<String, Double> out = new TreeMap<>();
    for (QueryResult.Series s : ((QueryResult.Matrix) result).series()) {
      for (int i = 0; i < s.samples().size(); i++) {
        out.put(s.labels() + " at " + s.samples().time(i) / SECOND, s.samples().value(i));
      }
    }
    return out;
  }

  @Test
  void steps_that_depend_on_each_other_come_in_one_piece() {
    for (String query : new String[] {"histogram_heatmap(h)", "2 * histogram_count(h, 10)"}) {
      RangePieces pieces = engine.pieces(two(), query, 0, 330 * SECOND, SECOND, 7);
      pieces.next();
      assertFalse(pieces.hasNext(), query);
    }
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

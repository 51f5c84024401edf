package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsAtStepsTest {
  private static final long SECOND = 1_000_000_000L;

  /** Rows one by one are what series get that were seen to be gone at times, be it at none. */
  private static final long[] ONE_BY_ONE = {};

  private static List<SourceSeries> series(long[] ends) {
    Random random = new Random(3);
    List<SourceSeries> out = new ArrayList<>();
    long[] shared = times(random);
    for (int s = 0; s < 12; s++) {
      long[] times = s % 4 == 3 ? times(random) : shared;
      long[] counters = new long[times.length];
      double[] floats = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        counters[i] = random.nextLong() >>> random.nextInt(40);
        floats[i] = random.nextInt(9) == 0 ? Samples.STALE : random.nextDouble();
      }
      Samples samples =
          s % 2 == 0
              ? Samples.counters(times, counters, ends)
              : Samples.gauges(times, floats, ends);
      out.add(new SourceSeries(Labels.of(Labels.NAME, "x", "id", "" + s), samples));
    }
    return out;
  }

  /** Rows at uneven times, with a gap now and then that is longer than samples count for. */
  private static long[] times(Random random) {
    long[] times = new long[2000];
    long time = 0;
    for (int i = 0; i < times.length; i++) {
      time += 1 + random.nextInt(2000) * 1_000_000L;
      time += random.nextInt(400) == 0 ? 400 * SECOND : 0;
      times[i] = time;
    }
    return times;
  }

  private static List<QueryResult.Series> answer(String query, long step, long[] ends) {
    SeriesSource source = (matchers, start, end) -> series(ends);
    QueryResult result =
        new QueryEngine(QueryOptions.DEFAULT)
            .range(source, query, -100 * SECOND, 4000 * SECOND, step);
    return ((QueryResult.Matrix) result).series();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x offset 7s", "x offset -1m", "x @ 1000", "x @ end()"})
  void rows_found_for_all_series_at_once_are_those_found_one_by_one(String query) {
    for (long step : new long[] {SECOND, 100_000_000, 17 * SECOND, 500 * SECOND}) {
      List<QueryResult.Series> expected = answer(query, step, ONE_BY_ONE);
      List<QueryResult.Series> actual = answer(query, step, null);
      assertEquals(expected.size(), actual.size());
      for (int s = 0; s < expected.size(); s++) {
        assertEquals(expected.get(s).labels(), actual.get(s).labels());
        Samples a = expected.get(s).samples();
        Samples b = actual.get(s).samples();
        assertArrayEquals(points(a), points(b));
      }
    }
  }

  private static double[] points(Samples s) {
    double[] out = new double[2 * s.size()];
    for (int i = 0; i < s.size(); i++) {
      out[2 * i] = s.time(i);
      out[2 * i + 1] = s.value(i);
    }
    return out;
  }
}

package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is aggregated as it is computed, beside the same of an operand, which is not. */
class StreamedAggregationTest {
  private static final long SECOND = 1_000_000_000L;
  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private final SeriesSource source = source();

  private static SeriesSource source() {
    Random random = new Random(7);
    List<SourceSeries> all = new ArrayList<>();
    for (int s = 0; s < 12; s++) {
      int rows = 100 + random.nextInt(200);
      long[] times = new long[rows];
      long[] counts = new long[rows];
      for (int i = 0; i < rows; i++) {
        long gap = random.nextInt(20) == 0 ? 7 : 1;
        times[i] = i == 0 ? random.nextInt(20) * SECOND : times[i - 1] + gap * SECOND;
        boolean restart = i == 0 || random.nextInt(40) == 0;
        counts[i] = restart ? random.nextInt(50) : counts[i - 1] + random.nextInt(1000);
      }
      double[] floats = Arrays.stream(counts).asDoubleStream().toArray();
      Labels labels = Labels.of(Labels.NAME, "c", "id", "" + s, "group", "" + s % 3);
      Samples samples =
          s % 2 == 0 ? Samples.counters(times, counts) : Samples.gauges(times, floats);
      all.add(new SourceSeries(labels, samples));
    }
    return (matchers, a, b) ->
        all.stream().filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels()))).toList();
  }

  private List<QueryResult.Series> range(String query) {
    QueryResult r = engine.range(source, query, 0, 300 * SECOND, 5 * SECOND);
    return ((QueryResult.Matrix) r).series();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "avg", "min", "max", "count", "group"})
  void agrees_with_the_same_done_on_all_series_at_once(String operator) {
    for (String f : List.of("rate(c[20s])", "increase(c[7s])", "delta(c[1m])", "irate(c[9s])")) {
      for (String by : List.of("", " by (group)", " without (id)")) {
        List<QueryResult.Series> streamed = range(operator + by + " (" + f + ")");
        List<QueryResult.Series> whole = range(operator + by + " (" + f + " * 1)");
        assertEquals(whole.size(), streamed.size());
        for (int i = 0; i < whole.size(); i++) {
          assertEquals(whole.get(i).labels(), streamed.get(i).labels());
          Samples a = whole.get(i).samples();
          Samples b = streamed.get(i).samples();
          assertEquals(a.size(), b.size());
          for (int k = 0; k < a.size(); k++) {
            assertEquals(a.time(k), b.time(k));
            assertEquals(a.value(k), b.value(k), 1e-12 * Math.abs(a.value(k)), f);
          }
        }
      }
    }
  }
}

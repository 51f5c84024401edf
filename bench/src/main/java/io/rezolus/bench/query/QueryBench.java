package io.rezolus.bench.query;

import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.query.H2Rows;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.SourceSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The engine alone over one hour of samples a second: 128 counters and H2 histograms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class QueryBench {
  private static final long SECOND = 1_000_000_000L;
  private static final int ROWS = 3600;
  private static final int COUNTERS = 128;

  @Param({
    "sum(rate(x[1m]))",
    "sum by (id) (rate(x[1m]))",
    "topk(5, rate(x[5m]))",
    "x",
    "sum(irate(x[1m]))",
    "histogram_quantile(0.99, h)",
    "histogram_quantile(0.99, rate(h[1m]))",
    "histogram_quantile(0.99, sum(rate(h[1m])))"
  })
  public String query;

  @Param({"1", "15"})
  public int step;

  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private SeriesSource source;

  @Setup
  public void fill() {
    Random random = new Random(1);
    long[] times = new long[ROWS];
    Arrays.setAll(times, i -> (1_700_000_000L + i) * SECOND);
    List<SourceSeries> all = new ArrayList<>();
    for (int c = 0; c < COUNTERS; c++) {
      long[] counts = new long[ROWS];
      for (int i = 1; i < ROWS; i++) {
        counts[i] = counts[i - 1] + random.nextInt(1_000_000);
      }
      Labels labels = Labels.of(Labels.NAME, "x", "id", "" + c, "source", "rezolus");
      all.add(new SourceSeries(labels, Samples.counters(times, counts)));
    }
    for (int s = 0; s < 4; s++) {
      Histogram h = new Histogram(HistogramConfig.NATIVE);
      List<long[]> rows = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        for (int k = 0; k < 100; k++) {
          h.increment((long) Math.exp(8 + random.nextGaussian() * 3));
        }
        rows.add(h.buckets().clone());
      }
      Labels labels = Labels.of(Labels.NAME, "h", "id", "" + s, "source", "rezolus");
      H2Rows h2 = H2Rows.of(HistogramConfig.NATIVE, rows);
      all.add(new SourceSeries(labels, Samples.h2(times, h2, null)));
    }
    source =
        (matchers, a, b) ->
            all.stream()
                .filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels())))
                .toList();
  }

  /** A range query over the hour. */
  @Benchmark
  public QueryResult range() {
    long start = 1_700_000_000L * SECOND;
    return engine.range(source, query, start, start + (ROWS - 1) * SECOND, step * SECOND);
  }
}

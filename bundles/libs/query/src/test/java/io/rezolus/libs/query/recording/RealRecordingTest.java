package io.rezolus.libs.query.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares answers with what the plain definitions give on the values of a real recording. */
class RealRecordingTest {
  private static final long SECOND = 1_000_000_000L;
  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private RecordingSource source;
  private Table table;

  @BeforeEach
  void open() throws IOException {
    Path path = Path.of(System.getProperty("rezolus.testdata", "."), "recordings", "demo.parquet");
    assumeTrue(Files.exists(path), path + " is not here");
    ParquetRecording recording = ParquetRecording.open(path);
    table = recording.table();
    source = RecordingSource.of(recording, 64 << 20);
    assumeTrue(table.parts() == 1, "rows are taken from one part here");
  }

  private static String selector(RecordedColumn c) {
    return c.labels().entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\"=\"" + e.getValue().replace("\\", "\\\\") + "\"")
        .collect(Collectors.joining(",", "{\"" + c.metric() + "\",", "}"))
        .replace(",}", "}");
  }

  private Map<Long, Double> points(String query) {
    QueryResult.Matrix m =
        (QueryResult.Matrix)
            engine.range(source, query, source.startNanos(), source.endNanos(), SECOND);
    assertTrue(m.series().size() <= 1, query);
    if (m.series().isEmpty()) {
      return Map.of();
    }
    Samples s = m.series().get(0).samples();
    return java.util.stream.IntStream.range(0, s.size())
        .boxed()
        .collect(Collectors.toMap(s::time, s::value));
  }

  @Test
  void every_counter_rises_as_its_values_do() throws IOException {
    long[] times = table.timestamps(0);
    int compared = 0;
    for (RecordedColumn c : table.columns()) {
      if (c.kind() != MetricKind.COUNTER) {
        continue;
      }
      Longs values = table.values(c, 0);
      Map<Long, Double> rates = points("irate(" + selector(c) + "[2s])");
      for (int i = 1; i < times.length; i++) {
        long t = TableTimes.snap(times[i], SECOND);
        long before = TableTimes.snap(times[i - 1], SECOND);
        Double rate = rates.get(t);
        if (rate == null || t - before != SECOND) {
          continue;
        }
        long a = values.values()[i - 1];
        long b = values.values()[i];
        double expected =
            Long.compareUnsigned(b, a) < 0
                ? new java.math.BigInteger(Long.toUnsignedString(b)).doubleValue()
                : b - a;
        assertEquals(expected, rate, Math.abs(expected) * 1e-9, c.metric() + " row " + i);
        compared++;
      }
    }
    assertTrue(compared > 10_000, "compared " + compared);
  }

  @Test
  void every_quantile_is_that_of_the_difference_of_two_rows() throws IOException {
    long[] times = table.timestamps(0);
    int compared = 0;
    for (RecordedColumn c : table.columns()) {
      if (c.kind() != MetricKind.HISTOGRAM) {
        continue;
      }
      long[][] rows = table.histograms(c, 0);
      Map<Long, Double> p99 = points("histogram_quantile(0.99, " + selector(c) + ")");
      for (int i = 1; i < times.length; i++) {
        long t = TableTimes.snap(times[i], SECOND);
        if (rows[i] == null
            || rows[i - 1] == null
            || t - TableTimes.snap(times[i - 1], SECOND) != SECOND) {
          continue;
        }
        Optional<Histogram> delta =
            new Histogram(c.histogram(), rows[i]).delta(new Histogram(c.histogram(), rows[i - 1]));
        if (delta.isEmpty() || delta.get().isEmpty()) {
          assertEquals(null, p99.get(t), c.metric() + " row " + i);
          continue;
        }
        long expected = delta.get().quantiles().value(0.99);
        assertEquals((double) expected, p99.get(t), c.metric() + " row " + i);
        compared++;
      }
    }
    assertTrue(compared > 500, "compared " + compared);
  }
}

package io.rezolus.libs.query.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.query.Band;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SourceSeries;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingSourceTest {
  private static final long SECOND = MemoryRecording.SECOND;
  private static final long CACHE = 1 << 20;
  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private final MemoryRecording recording = new MemoryRecording();

  private static List<Matcher> named(String metric) {
    return List.of(new Matcher(Labels.NAME, Matcher.Op.EQUAL, metric));
  }

  private Samples only(String metric) throws IOException {
    List<SourceSeries> found =
        RecordingSource.of(recording, CACHE).select(named(metric), 0, Long.MAX_VALUE / 2);
    assertEquals(1, found.size());
    return found.get(0).samples();
  }

  private static long[] times(Samples s) {
    long[] out = new long[s.size()];
    Arrays.setAll(out, s::time);
    return out;
  }

  private int found(RecordingSource source, String query, long second) {
    QueryResult r = engine.instant(source, query, second * SECOND);
    return ((QueryResult.Vector) r).series().size();
  }

  @Test
  void puts_times_on_the_sampling_grid_and_keeps_the_raw_ones() throws IOException {
    recording
        .table("", new long[] {1003, 1998, 3001})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L, 3L);
    assertArrayEquals(new long[] {SECOND, 2 * SECOND, 3 * SECOND}, times(only("c")));
    assertEquals(1_003_000_000L, RecordingSource.of(recording, CACHE).rawTimes()[0]);
  }

  @Test
  void labels_are_what_tells_series_apart() throws IOException {
    recording
        .table("", new long[] {1000})
        .column(
            MetricKind.COUNTER,
            Map.of(
                "metric", "c", "id", "0", "unit", "bytes", "description", "text", "acq_group", "g"),
            1L);
    RecordingSource source =
        new RecordingSource(recording, Map.of("arm", "a"), new SampleCache(CACHE));
    assertEquals(
        List.of(Labels.of(Labels.NAME, "c", "arm", "a", "id", "0")),
        source.series(named("c"), 0, Long.MAX_VALUE / 2));
    assertEquals("bytes", source.metrics().get("c").unit());
    assertEquals("text", source.metrics().get("c").description());
    assertEquals("counter", source.metrics().get("c").kind());
  }

  @Test
  void fractions_that_are_stored_as_integers_are_fractions() throws IOException {
    Map<String, String> hundredths = Map.of("metric", "g", RecordedColumn.VALUE_SCALE, "100");
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.GAUGE, hundredths, 1L, -250L)
        .column(
            MetricKind.COUNTER,
            Map.of("metric", "c", RecordedColumn.VALUE_SCALE, "1000"),
            -2L,
            1500L);
    Samples gauge = only("g");
    assertEquals(0.01, gauge.value(0));
    assertEquals(-2.5, gauge.value(1));
    Samples counter = only("c");
    assertEquals(0x1p64 / 1000, counter.value(0));
    assertEquals(1.5, counter.value(1));
  }

  @Test
  void a_series_that_becomes_fractional_goes_on() throws IOException {
    recording
        .table("", new long[] {1000, 2000}, new long[] {3000, 4000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L, null, null)
        .column(
            MetricKind.COUNTER,
            Map.of("metric", "c", RecordedColumn.VALUE_SCALE, "10"),
            null,
            null,
            25L,
            30L);
    Samples counter = only("c");
    assertArrayEquals(new long[] {SECOND, 2 * SECOND, 3 * SECOND, 4 * SECOND}, times(counter));
    assertEquals(2, counter.value(1));
    assertEquals(2.5, counter.value(2));
    assertEquals(1, found(RecordingSource.of(recording, CACHE), "c", 3));
    QueryResult sum =
        engine.instant(RecordingSource.of(recording, CACHE), "sum(increase(c[3s]))", 4 * SECOND);
    assertEquals(1.5, ((QueryResult.Vector) sum).series().get(0).samples().value(0), 0.01);
  }

  @Test
  void values_are_as_uncertain_as_the_times_they_were_read_at() throws IOException {
    recording
        .table("a", new long[] {1003, 2001}, new long[] {2999})
        .readWithin(100)
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1000L, 1010L, 1020L)
        .column(MetricKind.COUNTER, Map.of("metric", "split"), 1000L, 1010L, null);
    recording
        .table("b", new long[] {2999})
        .readWithin(200)
        .column(MetricKind.COUNTER, Map.of("metric", "split"), 1020L);
    recording
        .table("c", new long[] {1000, 2000, 3000})
        .column(MetricKind.COUNTER, Map.of("metric", "unknown"), 1000L, 1010L, 1020L);
    checkBand("rate(c[3s])", 20 / 2.096, 20 / 1.896);
    checkBand("rate(split[3s])", 20 / 2.196, 20 / 1.896);
    QueryResult unknown = banded("rate(unknown[3s])");
    assertNull(((QueryResult.Vector) unknown).series().get(0).band());
  }

  private QueryResult banded(String query) throws IOException {
    return new QueryEngine(QueryOptions.DEFAULT.withBands(true))
        .instant(RecordingSource.of(recording, CACHE), query, 3 * SECOND);
  }

  private void checkBand(String query, double lower, double upper) throws IOException {
    Band band = ((QueryResult.Vector) banded(query)).series().get(0).band();
    assertEquals(lower, band.lower()[0], 1e-9);
    assertEquals(upper, band.upper()[0], 1e-9);
  }

  @Test
  void a_series_that_ends_does_not_linger() throws IOException {
    recording
        .table("", new long[] {1000, 2000, 3000, 4000})
        .column(MetricKind.COUNTER, Map.of("metric", "c", "id", "0"), 1L, 2L, null, null)
        .column(MetricKind.COUNTER, Map.of("metric", "c", "id", "1"), 1L, 2L, 3L, 4L)
        .column(MetricKind.GAUGE, Map.of("metric", "g"), 1L, null, null, 4L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    assertEquals(2, found(source, "c", 2));
    assertEquals(1, found(source, "c", 3));
    assertEquals(1, found(source, "c", 60));
    assertEquals(0, found(source, "g", 3));
    assertEquals(1, found(source, "g", 4));
  }

  @Test
  void a_table_that_stops_before_the_others_ends_its_series() throws IOException {
    recording
        .table("a", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "a"), 1L, 2L);
    recording
        .table("b", new long[] {1000, 2000, 3000, 4000, 5000, 6000})
        .column(MetricKind.COUNTER, Map.of("metric", "b"), 1L, 2L, 3L, 4L, 5L, 6L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    assertEquals(1, found(source, "a", 2));
    assertEquals(0, found(source, "a", 5));
    assertEquals(1, found(source, "b", 6));
  }

  @Test
  void parts_are_spliced_in_time_order_and_rows_that_go_back_are_left_out() throws IOException {
    recording
        .table("", new long[] {4000, 5000}, new long[] {1000, 2000, 2100, 3000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 4L, 5L, 1L, 2L, 9L, 3L);
    Samples s = only("c");
    assertEquals(5, s.size());
    assertEquals(1, s.value(0));
    assertEquals(3, s.value(2));
    assertEquals(5, s.value(4));
  }

  @Test
  void a_metric_in_two_tables_is_one_series() throws IOException {
    recording
        .table("a", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L);
    recording
        .table("b", new long[] {3000, 4000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 3L, 4L);
    assertEquals(4, only("c").size());
  }

  @Test
  void decodes_only_what_is_asked_for_and_only_once() throws IOException {
    recording
        .table("", new long[] {1000, 2000}, new long[] {3000, 4000}, new long[] {5000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L, 3L, 4L, 5L)
        .column(MetricKind.COUNTER, Map.of("metric", "d"), 1L, 2L, 3L, 4L, 5L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    for (int i = 0; i < 3; i++) {
      assertEquals(2, source.select(named("c"), 3 * SECOND, 4 * SECOND).get(0).samples().size());
    }
    assertEquals(1, recording.decoded);
    assertEquals(0, source.select(named("c"), 60 * SECOND, 70 * SECOND).size());
  }

  @Test
  void the_cache_stays_within_its_bytes() throws IOException {
    long[] times = new long[1000];
    Arrays.setAll(times, i -> 1000L * (i + 1));
    MemoryRecording.MemoryTable table = recording.table("", times);
    Object[] values = Arrays.stream(times).boxed().toArray();
    for (int i = 0; i < 20; i++) {
      table.column(MetricKind.COUNTER, Map.of("metric", "c", "id", "" + i), values);
    }
    SampleCache cache = new SampleCache(100_000);
    RecordingSource source = new RecordingSource(recording, Map.of(), cache);
    source.select(named("c"), 0, Long.MAX_VALUE / 2).forEach(SourceSeries::samples);
    assertTrue(cache.bytes() > 0 && cache.bytes() <= 100_000, () -> "" + cache.bytes());
    assertEquals(320_000, source.estimateBytes(named("c"), 0, Long.MAX_VALUE / 2));
  }

  @Test
  void refuses_a_sampling_interval_that_is_no_number() {
    recording.metadata.put("sampling_interval_ms", "soon");
    assertThrows(IOException.class, () -> RecordingSource.of(recording, CACHE));
  }

  @Test
  void sources_side_by_side_are_told_apart_by_their_labels() throws IOException {
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    CombinedSource both =
        new CombinedSource(
            List.of(
                new CombinedSource.Member(source, Map.of("run", "a")),
                new CombinedSource.Member(source, Map.of("run", "b"))));
    assertEquals(2, found2(both, "c"));
    assertEquals(1, found2(both, "c{run=\"b\"}"));
    assertEquals(0, found2(both, "c{run=~\"c.*\"}"));
    assertEquals(2, both.metrics().get("c").series());
  }

  private int found2(CombinedSource source, String query) {
    return ((QueryResult.Vector) engine.instant(source, query, 2 * SECOND)).series().size();
  }

  @Test
  void recordings_that_follow_each_other_are_one_series() throws IOException {
    MemoryRecording later = new MemoryRecording();
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L);
    later
        .table("", new long[] {3000, 4000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 3L, 4L);
    CombinedSource both =
        new CombinedSource(
            List.of(
                new CombinedSource.Member(RecordingSource.of(recording, CACHE), Map.of()),
                new CombinedSource.Member(RecordingSource.of(later, CACHE), Map.of())));
    QueryResult r = engine.instant(both, "count_over_time(c[10s])", 4 * SECOND);
    assertEquals(4, ((QueryResult.Vector) r).series().get(0).samples().value(0));
  }

  @Test
  void recordings_with_and_without_fractions_are_one_series() throws IOException {
    MemoryRecording later = new MemoryRecording();
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L)
        .column(MetricKind.GAUGE, Map.of("metric", "g", "value_scale", "10"), 15L, 25L);
    later
        .table("", new long[] {3000, 4000})
        .column(MetricKind.COUNTER, Map.of("metric", "c", "value_scale", "1000"), 3500L, 4500L)
        .column(MetricKind.GAUGE, Map.of("metric", "g"), 3L, -4L);
    CombinedSource both =
        new CombinedSource(
            List.of(
                new CombinedSource.Member(RecordingSource.of(recording, CACHE), Map.of()),
                new CombinedSource.Member(RecordingSource.of(later, CACHE), Map.of())));
    assertEquals(4, number(both, "count_over_time(c[10s])"));
    assertEquals(3.5, number(both, "delta(c[4s] anchored)"));
    assertEquals(3.5, number(both, "c offset 1s"));
    assertEquals(4, number(both, "count_over_time(g[10s])"));
    assertEquals(1.5 + 2.5 + 3 - 4, number(both, "sum_over_time(g[10s])"));
  }

  private double number(CombinedSource source, String query) {
    QueryResult.Vector r = (QueryResult.Vector) engine.instant(source, query, 4 * SECOND);
    assertEquals(1, r.series().size(), query);
    return r.series().get(0).samples().value(0);
  }

  @Test
  void names_metrics_that_are_called_nearly_so() throws IOException {
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "cpu_usage"), 1L, 2L)
        .column(MetricKind.COUNTER, Map.of("metric", "blockio_bytes"), 1L, 2L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    assertEquals(
        List.of(
            "PromQL info: metric \"cpu_usge\" is not in this recording; did you mean"
                + " \"cpu_usage\"? (1:10)"),
        infos(source, "sum(rate(cpu_usge[1m]))"));
    assertEquals(
        List.of("PromQL info: metric \"temperature\" is not in this recording (1:1)"),
        infos(source, "temperature"));
    assertEquals(List.of(), infos(source, "cpu_usage{id=\"9\"}"));
  }

  @Test
  void says_when_only_labels_keep_a_division_from_giving_anything() throws IOException {
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "a", "node", "n", "id", "1"), 1L, 2L)
        .column(MetricKind.GAUGE, Map.of("metric", "b", "node", "n"), 1L, 2L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    List<String> infos = infos(source, "a / b");
    assertEquals(1, infos.size());
    assertTrue(infos.get(0).contains("id is on one side only; write both as sum by (node)"));
    assertEquals(List.of(), infos(source, "sum by (node) (a) / sum by (node) (b)"));
  }

  private List<String> infos(RecordingSource source, String query) {
    return List.copyOf(engine.instant(source, query, 2 * SECOND).annotations().infos());
  }

  @Test
  void refuses_a_query_that_needs_more_memory_before_it_decodes() throws IOException {
    recording
        .table("", new long[] {1000, 2000})
        .column(MetricKind.COUNTER, Map.of("metric", "c"), 1L, 2L);
    RecordingSource source = RecordingSource.of(recording, CACHE);
    QueryEngine small = new QueryEngine(QueryOptions.DEFAULT.withMaxBytes(10));
    QueryException e =
        assertThrows(QueryException.class, () -> small.instant(source, "c", 2 * SECOND));
    assertEquals(QueryException.Kind.LIMIT, e.kind());
    assertEquals(0, recording.decoded);
  }

  @Test
  void answers_over_a_real_recording() throws IOException {
    Path path = Path.of(System.getProperty("rezolus.testdata", "."), "recordings", "demo.parquet");
    assumeTrue(Files.exists(path), path + " is not here");
    RecordingSource source = RecordingSource.of(ParquetRecording.open(path), 64 << 20);
    QueryResult r =
        engine.range(
            source, "sum(rate(cpu_usage[1m]))", source.startNanos(), source.endNanos(), SECOND);
    QueryResult.Matrix m = (QueryResult.Matrix) r;
    assertEquals(1, m.series().size());
    assertTrue(m.series().get(0).samples().size() > 290);
  }
}

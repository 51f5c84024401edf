package io.rezolus.libs.recording.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.spool.GroupedColumn;
import io.rezolus.libs.recording.spool.RowGroups;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MomentsTest {
  private static final long INTERVAL = 50_000_000;
  private static final long START = 1_700_000_000_000_000_000L;

  @TempDir Path dir;
  private final List<String> rows = new ArrayList<>();
  private final Moments moments =
      new Moments(
          INTERVAL,
          (time, snapshots) ->
              rows.add(
                  (time - START) / INTERVAL
                      + ":"
                      + snapshots.stream().map(s -> s == null ? "-" : "x").toList()));

  @Test
  void samples_of_a_moment_become_one_row_in_whichever_order_they_come() throws IOException {
    assertTrue(moments.add(0, at(0, 0)));
    assertTrue(moments.add(1, at(0, 3)));
    assertTrue(moments.add(1, at(1, 0)));
    assertTrue(moments.add(0, at(1, 2)));
    assertTrue(moments.add(0, at(2, 0)));
    assertEquals(List.of("0:[x, x]"), rows);
    moments.end();
    assertEquals(List.of("0:[x, x]", "1:[x, x]", "2:[x]"), rows);
  }

  @Test
  void the_first_sample_of_a_source_that_is_expected_may_come_late() throws IOException {
    moments.expect(0);
    moments.expect(1);
    assertTrue(moments.add(0, at(0, 0)));
    assertTrue(moments.add(0, at(1, 0)));
    assertTrue(moments.add(0, at(2, 0)));
    assertTrue(moments.add(1, at(0, 0)));
    moments.end();
    assertEquals(List.of("0:[x, x]", "1:[x]", "2:[x]"), rows);
  }

  @Test
  void a_source_that_hangs_does_not_hold_back_the_others_for_long() throws IOException {
    moments.add(1, at(0, 0));
    for (int i = 0; i < 100; i++) {
      assertTrue(moments.add(0, at(i, 0)));
    }
    assertTrue(rows.size() > 60, rows::toString);
    assertTrue(moments.add(1, at(99, 1)));
    moments.end();
    assertEquals(100, rows.size());
    assertEquals("99:[x, x]", rows.get(99));
  }

  @Test
  void a_sample_of_a_row_that_was_given_away_is_refused() throws IOException {
    for (int i = 0; i < 10; i++) {
      moments.add(0, at(i, 0));
    }
    assertFalse(moments.add(1, at(3, 0)));
  }

  @Test
  void combining_while_recording_makes_what_combining_recordings_makes() throws IOException {
    Random random = new Random(5);
    Path together = dir.resolve("together.parquet");
    Path agent = dir.resolve("agent.parquet");
    Path service = dir.resolve("service.parquet");
    List<CombineInput> inputs = new ArrayList<>();
    try (RowGroups both = new RowGroups(together, WriteOptions.CONVERSION, 2000);
        RowGroups first = new RowGroups(agent, WriteOptions.CONVERSION);
        RowGroups second = new RowGroups(service, WriteOptions.CONVERSION)) {
      Moments live = new Moments(INTERVAL, both::add);
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(10) != 0) {
          Snapshot sample = at(i, random.nextInt(20) - 10);
          first.add(sample, true);
          assertTrue(live.add(0, sample));
        }
        if (i > 50 && random.nextInt(10) != 0) {
          Snapshot sample = at(i, random.nextInt(20) - 10);
          second.add(sample, true);
          assertTrue(live.add(1, sample));
        }
      }
      live.end();
      first.finish(metadata("rezolus"));
      second.finish(metadata("web"));
      List<List<GroupedColumn>> own = new ArrayList<>();
      for (int source = 0; source < 2; source++) {
        int each = source;
        own.add(both.columns().stream().filter(column -> column.source() == each).toList());
        List<ArrowField> fields = own.get(source).stream().map(GroupedColumn::field).toList();
        TreeMap<String, String> metadata = new TreeMap<>(metadata(source == 0 ? "rezolus" : "web"));
        inputs.add(CombineInput.ofColumns("a", "node" + source, fields, metadata));
      }
      CombinedSchema schema = CombinedSchema.of(inputs);
      List<GroupedColumn> columns = new ArrayList<>();
      columns.add(both.columns().get(0));
      for (int i = 0; i < schema.origins().size(); i++) {
        Origin origin = schema.origins().get(i);
        GroupedColumn from = own.get(origin.table()).get(origin.column().ordinal());
        columns.add(new GroupedColumn(from.id(), from.source(), schema.fields().get(i + 1)));
      }
      both.finish(columns, schema.metadata());
    }
    List<CombineInput> finished = new ArrayList<>();
    for (Path path : List.of(agent, service)) {
      ParquetRecording recording = ParquetRecording.open(path);
      finished.add(
          new CombineInput("a", "node" + finished.size(), recording.table(), recording.metadata()));
    }
    Combination expected = Combination.of(finished, new CombineOptions(Join.OUTER, false, null));
    ParquetRecording made = ParquetRecording.open(together);
    assertEquals(expected.table().rows(), made.table().rows());
    assertEquals(cells(expected.table()), cells(made.table()));
    TreeMap<String, String> keyValues = new TreeMap<>(made.metadata());
    keyValues.remove(ParquetRecording.ARROW_SCHEMA);
    assertEquals(expected.metadata(), keyValues);
  }

  /** Every column with its key-values and all cells, row by row. */
  private static Map<String, List<Object>> cells(Table table) throws IOException {
    Map<String, List<Object>> cells = new TreeMap<>();
    for (int part = 0; part < table.parts(); part++) {
      for (long time : table.timestamps(part)) {
        cells.computeIfAbsent("timestamp", key -> new ArrayList<>()).add(time);
      }
      for (RecordedColumn column : table.columns()) {
        List<Object> own =
            cells.computeIfAbsent(
                column.name() + column.kind() + column.metadata(), key -> new ArrayList<>());
        for (int row = 0; row < table.rows(part); row++) {
          if (column.kind() == MetricKind.HISTOGRAM) {
            long[] buckets = table.histograms(column, part)[row];
            own.add(buckets == null ? "-" : java.util.Arrays.toString(buckets));
          } else {
            var longs = table.values(column, part);
            own.add(longs.present().get(row) ? (Object) longs.values()[row] : "-");
          }
        }
      }
    }
    cells.values().forEach(Objects::requireNonNull);
    return cells;
  }

  private static Map<String, String> metadata(String source) {
    return Map.of("source", source, "sampling_interval_ms", "50");
  }

  private static Snapshot at(int tick, int millisLate) {
    Schema.Builder schema = new Schema.Builder();
    schema.add(
        MetricKind.COUNTER,
        Member.indexed("demo", Metric.counter("usage", "nanoseconds", "Busy."), tick / 40));
    schema.add(MetricKind.GAUGE, Member.scalar("demo", Metric.gauge("heat", "celsius", "Heat.")));
    schema.add(
        MetricKind.HISTOGRAM,
        Member.scalar("demo", Metric.histogram("latency", "nanoseconds", "Waiting.")));
    GroupData group = new GroupData("demo/main", schema.build());
    group.counter(0, tick);
    group.gauge(0, -tick);
    if (tick % 30 == 0) {
      group.writeHistogram(0, 3, 64)[7] = tick;
    }
    return new Snapshot(
        START + tick * INTERVAL + millisLate * 1_000_000L, 500, Map.of(), List.of(group));
  }
}

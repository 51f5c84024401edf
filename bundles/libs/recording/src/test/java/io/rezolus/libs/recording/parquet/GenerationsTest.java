package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recordings of all ages and producers look like. */
class GenerationsTest {
  private static final ArrowField TIMESTAMP =
      new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of());

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codec uncompressed",
        "codec snappy",
        "codec gzip",
        "codec zstd",
        "codec lz4_raw",
        "codec zstd, parquet_version v2",
        "codec snappy, row_group_size 2048"
      })
  void another_writers_files_without_labels(String options) throws IOException, SQLException {
    Path file = dir.resolve("duck.parquet");
    int rows = 10_000;
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "copy (select (1000000000 + i)::ubigint as timestamp,"
              + " (18446744073709551615 - i)::ubigint as \"cpu_usage/user 0\","
              + " case when i % 3 = 0 then null else (i * 7 - 50)::bigint end as temp,"
              + " null::ubigint as never,"
              + " case when i % 4 = 0 then null else [i, 0, i % 5]::ubigint[] end as lat"
              + " from range("
              + rows
              + ") t(i)) to '"
              + file
              + "' (format parquet, "
              + options
              + ")");
    }
    ParquetRecording recording = ParquetRecording.open(file);
    assertEquals(rows, recording.table().rows());
    // the list has no configuration, so that it is no histogram that could be read
    assertEquals(
        List.of("cpu_usage/user 0", "temp", "never"),
        recording.table().columns().stream().map(RecordedColumn::name).toList());
    int row = 0;
    for (int group = 0; group < recording.file().rowGroups(); group++) {
      long[] times = recording.table().timestamps(group);
      Longs counter = recording.file().readLongs(group, 1);
      Longs gauge = recording.file().readLongs(group, 2);
      assertTrue(recording.file().readLongs(group, 3).present().isEmpty());
      long[][] lists = recording.file().readLists(group, 4);
      for (int i = 0; i < times.length; i++, row++) {
        assertEquals(1_000_000_000L + row, times[i]);
        assertEquals(-1L - row, counter.values()[i]);
        assertEquals(row % 3 != 0, gauge.present().get(i));
        assertEquals(row % 3 == 0 ? 0 : row * 7L - 50, gauge.values()[i]);
        assertArrayEquals(row % 4 == 0 ? null : new long[] {row, 0, row % 5}, lists[i]);
      }
    }
    assertEquals(rows, row);
  }

  @Test
  void path_style_names_have_their_labels_in_the_schema_alone() throws IOException {
    ArrowField column =
        new ArrowField(
            "task_cpu_usage//system.slice/a b.service/comm/1/2/3",
            ArrowField.Type.UINT64,
            true,
            Map.of("metric", "task_cpu_usage", "comm", "a b", "unit", "nanoseconds"));
    RecordedColumn read = open(List.of(TIMESTAMP, column), new long[] {7}).columns().get(0);
    assertEquals(column.name(), read.name());
    assertEquals("task_cpu_usage", read.metric());
    assertEquals("nanoseconds", read.unit());
    assertEquals(Map.of("comm", "a b"), read.labels());
  }

  @Test
  void a_column_without_a_metric_is_called_by_its_name() throws IOException {
    ArrowField column =
        new ArrowField(
            "get_latency:buckets",
            ArrowField.Type.UINT64_LIST,
            true,
            Map.of("grouping_power", "0", "max_value_power", "2"));
    try (ParquetTableWriter out =
        ParquetTableWriter.toBytes(List.of(TIMESTAMP, column), WriteOptions.CONVERSION)) {
      out.startRowGroup(3);
      out.longs(new long[] {1, 2, 3});
      // the second row is of another configuration than the column
      out.lists(new long[][] {{1, 2, 3}, {1, 2}, null});
      out.finish(Map.of());
      Table table = ParquetRecording.open(out.toByteArray(), "names").table();
      RecordedColumn read = table.columns().get(0);
      assertEquals("get_latency", read.metric());
      assertEquals(MetricKind.HISTOGRAM, read.kind());
      long[][] rows = table.histograms(read, 0);
      assertArrayEquals(new long[] {1, 2, 3}, rows[0]);
      assertNull(rows[1]);
      assertNull(rows[2]);
    }
  }

  @Test
  void columns_of_one_name_and_two_kinds_are_told_apart() throws IOException {
    List<ArrowField> fields =
        List.of(
            TIMESTAMP,
            new ArrowField("0::bytes", ArrowField.Type.UINT64, true, Map.of("source", "a")),
            new ArrowField("0::bytes", ArrowField.Type.INT64, true, Map.of("source", "b")));
    Table table = open(fields, new long[] {-1}, new long[] {-2});
    assertEquals(MetricKind.COUNTER, table.columns().get(0).kind());
    assertEquals(MetricKind.GAUGE, table.columns().get(1).kind());
    assertEquals("b", table.columns().get(1).label("source"));
    assertArrayEquals(new long[] {-1}, table.values(table.columns().get(0), 0).values());
    assertArrayEquals(new long[] {-2}, table.values(table.columns().get(1), 0).values());
  }

  @Test
  void a_histogram_and_a_number_of_one_name_are_refused_in_a_line() {
    List<ArrowField> fields =
        List.of(
            TIMESTAMP,
            new ArrowField("x", ArrowField.Type.UINT64, true, Map.of()),
            new ArrowField("x", ArrowField.Type.UINT64_LIST, true, Map.of()));
    assertThrows(
        IOException.class, () -> ParquetTableWriter.toBytes(fields, WriteOptions.CONVERSION));
  }

  @Test
  void windows_are_the_columns_own_or_the_tables_and_never_half_of_each() throws IOException {
    List<ArrowField> fields =
        List.of(
            TIMESTAMP,
            new ArrowField(":window_begin", ArrowField.Type.INT64, true, Map.of()),
            new ArrowField(":window_width", ArrowField.Type.UINT64, true, Map.of()),
            new ArrowField("a", ArrowField.Type.UINT64, true, Map.of()),
            new ArrowField("a:window_begin", ArrowField.Type.INT64, true, Map.of()),
            new ArrowField("b", ArrowField.Type.UINT64, true, Map.of()),
            new ArrowField("b:window_begin", ArrowField.Type.INT64, true, Map.of()),
            new ArrowField("b:window_width", ArrowField.Type.UINT64, true, Map.of()));
    Table table =
        open(
            fields,
            new long[] {-10},
            new long[] {3},
            new long[] {1},
            new long[] {-99},
            new long[] {2},
            new long[] {20},
            new long[] {5});
    assertEquals(2, table.columns().size());
    Windows ofTable = table.windows(table.columns().get(0), 0);
    assertArrayEquals(new long[] {990}, ofTable.begin());
    assertArrayEquals(new long[] {993}, ofTable.end());
    Windows own = table.windows(table.columns().get(1), 0);
    assertArrayEquals(new long[] {1020}, own.begin());
    assertArrayEquals(new long[] {1025}, own.end());
  }

  @Test
  void the_interval_is_a_second_unless_the_file_says_otherwise() throws IOException {
    assertEquals(1000, withInterval(Map.of()).samplingIntervalMillis());
    assertEquals(0, withInterval(Map.of("sampling_interval_ms", "0")).samplingIntervalMillis());
    assertEquals(50, withInterval(Map.of("sampling_interval_ms", "50")).samplingIntervalMillis());
    for (String bad : List.of("", "soon", "-5", "1.5")) {
      ParquetRecording recording = withInterval(Map.of("sampling_interval_ms", bad));
      IOException refused = assertThrows(IOException.class, recording::samplingIntervalMillis);
      assertTrue(refused.getMessage().contains("sampling_interval_ms"), refused.getMessage());
    }
  }

  private static ParquetRecording withInterval(Map<String, String> keyValues) throws IOException {
    try (ParquetTableWriter out =
        ParquetTableWriter.toBytes(List.of(TIMESTAMP), WriteOptions.CONVERSION)) {
      out.finish(keyValues);
      return ParquetRecording.open(out.toByteArray(), "interval");
    }
  }

  /** One row at time 1000. */
  private static Table open(List<ArrowField> fields, long[]... columns) throws IOException {
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, WriteOptions.CONVERSION)) {
      out.startRowGroup(1);
      out.longs(new long[] {1000});
      for (long[] column : columns) {
        BitSet present = new BitSet();
        present.set(0, column.length);
        out.longs(new Longs(column, present));
      }
      out.finish(Map.of());
      return ParquetRecording.open(out.toByteArray(), "constructed").table();
    }
  }
}

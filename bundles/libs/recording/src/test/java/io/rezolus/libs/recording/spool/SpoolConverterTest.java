package io.rezolus.libs.recording.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotDecoder;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolConverterTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final Metric USAGE = Metric.counter("cpu_usage", "nanoseconds", "Busy time.");
  private static final Metric TEMPERATURE = Metric.gauge("temperature", "celsius", "Heat.");
  private static final Metric LATENCY = Metric.histogram("latency", "nanoseconds", "Waiting.");

  @TempDir Path dir;

  @Test
  void series_that_appear_late_or_vanish_are_null_where_they_were_not() throws IOException {
    ParquetRecording recording = convert(6, Long.MAX_VALUE);
    Longs third = recording.table().values(column(recording, "cpu_usage/2"), 0);
    assertEquals("{3, 4, 5}", third.present().toString());
    Longs first = recording.table().values(column(recording, "cpu_usage/0"), 0);
    assertEquals("{0, 1, 2, 3}", first.present().toString());
    assertArrayEquals(new long[] {-8, -7, -6, -5, 0, 0}, first.values());
  }

  @Test
  void columns_are_ordered_by_kind_and_name_and_carry_their_labels() throws IOException {
    ParquetRecording recording = convert(6, Long.MAX_VALUE);
    assertEquals(
        List.of(
            "duration",
            "cpu_usage/0",
            "cpu_usage/1",
            "cpu_usage/2",
            "temperature",
            "latency:buckets"),
        recording.table().columns().stream().map(RecordedColumn::name).toList());
    RecordedColumn latency = column(recording, "latency:buckets");
    assertEquals("latency", latency.metric());
    assertEquals("nanoseconds", latency.unit());
    assertEquals(
        Map.of("endpoint", "http://host:4241/", "sampler", "demo", "source", "rezolus"),
        latency.labels());
    assertEquals("5.17.1", recording.metadata().get("version"));
    assertEquals("1000", recording.metadata().get("sampling_interval_ms"));
  }

  @Test
  void reads_back_every_histogram() throws IOException {
    ParquetRecording recording = convert(6, Long.MAX_VALUE);
    long[][] rows = recording.table().histograms(column(recording, "latency:buckets"), 0);
    for (int row = 0; row < 6; row++) {
      if (row == 1) {
        assertNull(rows[row]);
      } else {
        assertArrayEquals(buckets(row), rows[row]);
      }
    }
  }

  @Test
  void wide_rows_make_smaller_row_groups_with_the_same_values() throws IOException {
    ParquetRecording recording = convert(100, 1);
    assertTrue(recording.table().parts() > 10);
    assertEquals(100, recording.table().rows());
    RecordedColumn latency = column(recording, "latency:buckets");
    RecordedColumn temperature = column(recording, "temperature");
    int row = 0;
    for (int group = 0; group < recording.table().parts(); group++) {
      long[][] rows = recording.table().histograms(latency, group);
      long[] heat = recording.table().values(temperature, group).values();
      long[] times = recording.table().timestamps(group);
      for (int i = 0; i < rows.length; i++, row++) {
        assertEquals(START + row * 1_000_000_000L, times[i]);
        assertEquals(-row, heat[i]);
        if (row != 1) {
          assertArrayEquals(buckets(row), rows[i]);
        }
      }
    }
  }

  @Test
  void a_spool_cut_off_in_a_snapshot_is_good_up_to_there() throws IOException {
    Path spool = spool(5);
    byte[] whole = Files.readAllBytes(spool);
    Files.write(spool, java.util.Arrays.copyOf(whole, whole.length - 10));
    Path output = dir.resolve("torn.parquet");
    SpoolConverter.Conversion conversion = new SpoolConverter().convert(spool, output, Map.of());
    assertEquals(4, conversion.rows());
    assertTrue(conversion.torn() != null);
    assertEquals(4, ParquetRecording.open(output).table().rows());
  }

  @Test
  void a_failed_conversion_leaves_the_earlier_file_and_nothing_else() throws IOException {
    Path output = dir.resolve("kept.parquet");
    Files.writeString(output, "earlier");
    Path missing = dir.resolve("missing.spool");
    assertThrows(IOException.class, () -> new SpoolConverter().convert(missing, output, Map.of()));
    assertEquals("earlier", Files.readString(output));
    try (var files = Files.list(dir)) {
      assertEquals(List.of(output), files.toList());
    }
  }

  @Test
  void duckdb_sees_the_same_values_types_and_compression() throws IOException, SQLException {
    convert(6, Long.MAX_VALUE);
    String file = "'" + dir.resolve("out.parquet") + "'";
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select count(*), min(timestamp), max(\"cpu_usage/0\")::varchar, sum(temperature),"
                  + " sum(list_sum(\"latency:buckets\")), typeof(first(\"latency:buckets\"))"
                  + " from "
                  + file)) {
        row.next();
        assertEquals(6, row.getLong(1));
        assertEquals(START, row.getLong(2));
        assertEquals(Long.toUnsignedString(-5), row.getString(3));
        assertEquals(-15, row.getLong(4));
        // rows 0 and 2 to 5 hold 1 + row counts each
        assertEquals(5 + 14, row.getLong(5));
        assertEquals("UBIGINT[]", row.getString(6));
      }
      try (ResultSet row =
          statement.executeQuery(
              "select count(distinct compression), first(compression), count(stats_min_value)"
                  + " filter (path_in_schema = 'timestamp') from parquet_metadata("
                  + file
                  + ")")) {
        row.next();
        assertEquals(1, row.getInt(1));
        assertEquals("ZSTD", row.getString(2));
        assertEquals(1, row.getInt(3));
      }
    }
  }

  @Test
  void keeps_leftover_spools_and_takes_the_next_name() throws IOException {
    Path output = dir.resolve("a.parquet");
    try (Spool first = Spool.create(output)) {
      assertThrows(IOException.class, () -> Spool.create(output));
      assertTrue(first.leftovers().isEmpty());
    }
    Spool second = Spool.create(output);
    assertEquals(dir.resolve("a.parquet.spool-2"), second.path());
    assertEquals(List.of(dir.resolve("a.parquet.spool")), second.leftovers());
    second.discard();
    assertFalse(Files.exists(second.path()));
  }

  @Test
  void an_upstream_snapshot_goes_through_unchanged() throws IOException {
    byte[] body = Files.readAllBytes(SpoolConverterTest.testdata("upstream/snapshot-v3.msgpack"));
    Snapshot snapshot = new SnapshotDecoder().decode(body).snapshot();
    Path spool = dir.resolve("upstream.spool");
    Files.write(spool, body);
    Path output = dir.resolve("upstream.parquet");
    new SpoolConverter().convert(spool, output, Map.of());
    ParquetRecording recording = ParquetRecording.open(output);
    int readings = 0;
    for (GroupData group : snapshot.groups()) {
      for (int i = 0; i < group.schema().counters().size(); i++) {
        if (group.hasCounter(i)) {
          RecordedColumn column = column(recording, group.schema().counters().get(i).name());
          assertEquals(group.counter(i), recording.table().values(column, 0).values()[0]);
          readings++;
        }
      }
    }
    long counters =
        recording.table().columns().stream().filter(c -> c.kind() == MetricKind.COUNTER).count();
    assertEquals(readings + 1, counters);
  }

  private ParquetRecording convert(int rows, long bytesMax) throws IOException {
    Path output = dir.resolve("out.parquet");
    SpoolConverter.Conversion conversion =
        new SpoolConverter(WriteOptions.CONVERSION, bytesMax)
            .convert(spool(rows), output, Map.of("sampling_interval_ms", "1000"));
    assertEquals(rows, conversion.rows());
    assertNull(conversion.torn());
    return ParquetRecording.open(output);
  }

  private Path spool(int rows) throws IOException {
    Path path = dir.resolve("in.spool");
    Files.deleteIfExists(path);
    Provenance provenance = new Provenance("rezolus", "http://host:4241/");
    SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    for (int row = 0; row < rows; row++) {
      MsgpackBuffer out = new MsgpackBuffer();
      encoder.encode(provenance.apply(snapshot(row)), out);
      Files.write(path, out.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return path;
  }

  /** CPU 0 vanishes after row 3, CPU 2 appears with row 3, row 1 lacks the histogram. */
  private static Snapshot snapshot(int row) {
    Schema.Builder schema = new Schema.Builder();
    for (int cpu = 0; cpu < 3; cpu++) {
      schema.add(MetricKind.COUNTER, Member.indexed("demo", USAGE, cpu));
    }
    schema.add(MetricKind.GAUGE, Member.scalar("demo", TEMPERATURE));
    schema.add(MetricKind.HISTOGRAM, Member.scalar("demo", LATENCY));
    GroupData group = new GroupData("demo/main", schema.build());
    if (row < 4) {
      group.counter(0, row - 8);
    }
    group.counter(1, row);
    if (row >= 3) {
      group.counter(2, row);
    }
    group.gauge(0, -row);
    if (row != 1) {
      System.arraycopy(buckets(row), 0, group.writeHistogram(0, 3, 64), 0, 496);
    }
    return new Snapshot(
        START + row * 1_000_000_000L,
        1000,
        Map.of("source", "rezolus", "version", "5.17.1"),
        List.of(group));
  }

  private static long[] buckets(int row) {
    long[] buckets = new long[496];
    buckets[0] = 1;
    buckets[495 - row % 400] = row;
    return buckets;
  }

  private static RecordedColumn column(ParquetRecording recording, String name) {
    return recording.table().columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Path testdata(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here");
    return path;
  }
}

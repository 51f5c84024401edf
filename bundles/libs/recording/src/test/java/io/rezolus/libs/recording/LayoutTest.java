package io.rezolus.libs.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.parquet.DuckDb;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parquet recording is laid out as every reader of recordings expects. */
class LayoutTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final int ROWS = 4000;

  @TempDir Path folder;

  @Test
  void row_groups_have_at_most_1800_rows() throws Exception {
    ParquetRecording recording = ParquetRecording.open(recording());
    assertEquals(3, recording.table().parts());
    assertEquals(1800, recording.table().rows(0));
    assertEquals(400, recording.table().rows(2));
  }

  @Test
  void the_range_of_times_is_in_the_statistics() throws Exception {
    List<List<String>> statistics =
        DuckDb.query(
            "select stats_min_value, stats_max_value from parquet_metadata('"
                + recording()
                + "') where path_in_schema = 'timestamp' order by row_group_id");
    assertEquals(List.of(time(0), time(1800), time(3600)), statistics.get(0));
    assertEquals(List.of(time(1799), time(3599), time(3999)), statistics.get(1));
  }

  @Test
  void values_above_the_signed_range_are_found_by_those_who_skip_groups_by_their_statistics()
      throws Exception {
    Path path = recording();
    assertEquals(
        List.of(List.of(Integer.toString(ROWS - 2000))),
        DuckDb.query("select count(*) from '" + path + "' where \"1\" > 9223372036854775807"));
    assertEquals(
        List.of(List.of("1999")),
        DuckDb.query("select count(*) from '" + path + "' where \"1\" between 1 and 5000"));
    assertEquals(
        List.of(List.of("100")),
        DuckDb.query("select count(*) from '" + path + "' where \"0\" < -3899"));
  }

  @Test
  void every_chunk_is_packed_with_zstd() throws Exception {
    assertEquals(
        List.of(List.of("ZSTD")),
        DuckDb.query("select distinct compression from parquet_metadata('" + recording() + "')"));
  }

  @Test
  void types_tell_the_kind_and_lists_have_three_levels() throws Exception {
    List<List<String>> schema =
        DuckDb.query(
            "select name, type, repetition_type, converted_type from parquet_schema('"
                + recording()
                + "')");
    assertEquals(
        List.of("arrow_schema", "timestamp", "duration", "1", "0", "2:buckets", "list", "item"),
        schema.get(0));
    assertEquals(
        List.of("REQUIRED", "OPTIONAL", "OPTIONAL", "OPTIONAL", "OPTIONAL", "REPEATED", "OPTIONAL"),
        schema.get(2).subList(1, 8));
    assertEquals("UINT_64", schema.get(3).get(1));
    assertEquals("UINT_64", schema.get(3).get(2));
    assertEquals("UINT_64", schema.get(3).get(3));
    assertEquals(null, schema.get(3).get(4), "a gauge");
    assertEquals("LIST", schema.get(3).get(5));
    assertEquals("UINT_64", schema.get(3).get(7));
  }

  @Test
  void what_a_writer_must_say_of_its_columns_is_in_the_arrow_schema() throws Exception {
    Path path = recording();
    assertTrue(DuckDb.keys(path).containsKey(ParquetRecording.ARROW_SCHEMA));
    ParquetRecording recording = ParquetRecording.open(path);
    assertEquals(
        Map.of("metric_type", "timestamp", "unit", "nanoseconds"),
        recording.fields().get(0).metadata());
    assertEquals(
        Map.of("metric_type", "duration", "unit", "nanoseconds"),
        recording.fields().get(1).metadata());
    assertEquals(
        Map.of("metric_type", "counter", "metric", "counter_1", "id", "1"),
        recording.fields().get(2).metadata());
    assertEquals(
        Map.of(
            "metric_type", "histogram",
            "metric", "histogram_2",
            "id", "2",
            "grouping_power", "1",
            "max_value_power", "2"),
        recording.fields().get(4).metadata());
  }

  /** A gauge 0, a counter 1 that is large from row 2000 on, and a histogram 2. */
  private Path recording() throws IOException {
    Schema.Builder builder = new Schema.Builder();
    builder.add(MetricKind.GAUGE, member("gauge", 0));
    builder.add(MetricKind.COUNTER, member("counter", 1));
    builder.add(MetricKind.HISTOGRAM, member("histogram", 2));
    Schema schema = builder.build();
    MsgpackBuffer snapshots = new MsgpackBuffer();
    SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    for (int row = 0; row < ROWS; row++) {
      GroupData group = new GroupData("s/main", schema);
      group.gauge(0, -row);
      group.counter(0, row < 2000 ? row : -row);
      group.writeHistogram(0, 1, 2)[0] = row;
      encoder.encode(
          new Snapshot(Long.parseLong(time(row)), 9, Map.of(), List.of(group)), snapshots);
    }
    Path spool = Files.write(folder.resolve("spool"), snapshots.toByteArray());
    Path path = folder.resolve("a.parquet");
    new SpoolConverter().convert(spool, path, Map.of());
    return path;
  }

  private static Member member(String kind, int id) {
    return new Member(
        Integer.toString(id),
        new TreeMap<>(Map.of("metric", kind + "_" + id, "id", Integer.toString(id))));
  }

  private static String time(int row) {
    return Long.toString(START + row * 1_000_000_000L);
  }
}

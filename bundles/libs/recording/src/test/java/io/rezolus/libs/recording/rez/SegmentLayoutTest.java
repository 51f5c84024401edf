package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ArrowRs;
import io.rezolus.libs.recording.parquet.Contents;
import io.rezolus.libs.recording.parquet.DuckDb;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sealed segment by itself is a parquet file that others read. */
class SegmentLayoutTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void setUp() {
    path = folder.resolve("a.rez");
  }

  @Test
  void duckdb_finds_in_the_segments_of_groups_what_was_recorded() throws Exception {
    writeGroups();
    expectSameInDuckDb();
  }

  @Test
  void duckdb_finds_in_the_segments_of_entries_what_was_recorded() throws Exception {
    writeEntries();
    expectSameInDuckDb();
  }

  @Test
  void upstreams_reader_finds_in_the_segments_of_groups_what_was_recorded() throws Exception {
    writeGroups();
    expectSameInArrowRs();
  }

  @Test
  void upstreams_reader_finds_in_the_segments_of_entries_what_was_recorded() throws Exception {
    writeEntries();
    expectSameInArrowRs();
  }

  @Test
  void the_fields_of_a_group_stand_in_the_same_order_as_upstreams() throws Exception {
    Path upstream = UpstreamArchives.copy(folder, "recorded.rez");
    List<ArrowField> theirs = fields(upstream, "cpu_usage/cpu_usage_cpu");
    Recordings recording = new Recordings(path, 3, 20).append(10);
    recording.writer().finish();
    assertEquals(theirs.subList(0, 4), fields(path, "s0/main").subList(0, 4));
    for (ArrowField value : fields(path, "s0/main").subList(4, 8)) {
      assertTrue(value.nullable());
      assertEquals(value.type() == ArrowField.Type.UINT64_LIST, value.name().endsWith(":buckets"));
      assertEquals(
          Set.of("id", "metric", "metric_type", "sampler"),
          without(value.metadata().keySet(), "grouping_power", "max_value_power"));
    }
  }

  @Test
  void in_a_table_without_common_windows_each_column_is_followed_by_its_own() throws Exception {
    RandomSnapshots snapshots = new RandomSnapshots(new Random(3));
    RezWriter writer = RezWriter.create(path, Map.of(), Map.of(), RezWriterOptions.standard(1));
    writer.appendEntries(snapshots.next(RandomSnapshots.START), RandomSnapshots.START, 0);
    writer.finish();
    List<ArrowField> fields = fields(path, "s0");
    assertEquals(List.of("timestamp", ":wall_offset"), names(fields.subList(0, 2)));
    for (int i = 2; i < fields.size(); i += 3) {
      String name = fields.get(i).name().replace(":buckets", "");
      assertEquals(
          List.of(name + ":window_begin", name + ":window_width"),
          names(fields.subList(i + 1, i + 3)));
      assertEquals(ArrowField.Type.INT64, fields.get(i + 1).type());
      assertEquals(ArrowField.Type.UINT64, fields.get(i + 2).type());
      assertEquals(Map.of(), fields.get(i + 1).metadata());
    }
  }

  @Test
  void pages_are_packed_as_upstream_can_unpack_them_and_times_have_statistics() throws Exception {
    Recordings recording = new Recordings(path, 3, 20).append(50);
    recording.writer().finish();
    for (Path segment : segments()) {
      List<String> codecs =
          DuckDb.query("select distinct compression from parquet_metadata('" + segment + "')")
              .get(0);
      assertTrue(List.of("UNCOMPRESSED", "ZSTD", "LZ4_RAW").containsAll(codecs), codecs::toString);
      assertEquals(
          DuckDb.query(
              "select min(timestamp)::varchar, max(timestamp)::varchar from '" + segment + "'"),
          DuckDb.query(
              "select stats_min_value, stats_max_value from parquet_metadata('"
                  + segment
                  + "') where path_in_schema = 'timestamp'"));
      assertEquals(Set.of(ParquetRecording.ARROW_SCHEMA), DuckDb.keys(segment).keySet());
    }
  }

  @Test
  void what_upstream_left_unsealed_is_sealed_with_every_value() throws Exception {
    Path killed = UpstreamArchives.copy(folder, "killed.rez", "killed.rez-wal");
    Map<String, ?> before;
    try (RezFile file = RezFile.open(killed)) {
      before = Expected.read(file.recordings().get(0));
    }
    RezWriter.adopt(killed, RezWriterOptions.standard(1)).finish();
    try (RezFile file = RezFile.open(killed)) {
      assertTrue(file.recordings().get(0).complete());
      assertEquals(before, Expected.read(file.recordings().get(0)));
      assertEquals(0, file.catalog().recordings().get(0).tables().get(0).liveRows());
    }
  }

  private void writeGroups() throws IOException {
    new Recordings(path, 3, 20).append(60).writer().finish();
  }

  private void writeEntries() throws IOException {
    RandomSnapshots snapshots = new RandomSnapshots(new Random(3));
    RezWriter writer =
        RezWriter.create(
            path, Map.of(), Map.of(), RezWriterOptions.standard(1).withSegmentRows(20));
    for (int tick = 1; tick <= 60; tick++) {
      long ts = RandomSnapshots.START + tick * Recordings.TICK;
      writer.appendEntries(snapshots.next(ts), ts, -tick);
      writer.sealDue();
    }
    writer.finish();
  }

  private void expectSameInDuckDb() throws Exception {
    Set<MetricKind> kinds = new TreeSet<>();
    for (Path segment : segments()) {
      List<List<String>> theirs = DuckDb.columns(segment);
      ParquetRecording ours = ParquetRecording.open(segment);
      assertEquals(theirs.size(), ours.fields().size());
      for (int i = 0; i < theirs.size(); i++) {
        assertEquals(theirs.get(i), values(ours, i), ours.fields().get(i).name());
      }
      ours.table().columns().forEach(column -> kinds.add(column.kind()));
    }
    assertEquals(Set.of(MetricKind.values()), kinds);
  }

  private void expectSameInArrowRs() throws Exception {
    List<Path> segments = segments();
    List<Contents> contents = new ArrayList<>();
    for (Path segment : segments) {
      contents.add(Contents.of(ParquetRecording.open(segment)));
    }
    ArrowRs.expect(contents, segments);
  }

  /** Texts of a column's values as what they stand for. */
  private static List<String> values(ParquetRecording recording, int ordinal) throws Exception {
    List<String> texts = new ArrayList<>();
    ArrowField.Type type = recording.fields().get(ordinal).type();
    if (type == ArrowField.Type.UINT64_LIST) {
      for (long[] row : recording.file().readLists(0, ordinal)) {
        texts.add(
            row == null
                ? null
                : Arrays.stream(row).mapToObj(Long::toUnsignedString).toList().toString());
      }
      return texts;
    }
    var longs = recording.file().readLongs(0, ordinal);
    for (int i = 0; i < longs.values().length; i++) {
      long value = longs.values()[i];
      String text = type == ArrowField.Type.INT64 ? "" + value : Long.toUnsignedString(value);
      texts.add(longs.present().get(i) ? text : null);
    }
    return texts;
  }

  private List<Path> segments() throws Exception {
    List<Path> files = new ArrayList<>();
    try (var connection = RezStatesTest.connect(path);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT bytes FROM segments")) {
      while (rows.next()) {
        files.add(Files.write(folder.resolve(files.size() + ".parquet"), rows.getBytes(1)));
      }
    }
    assertTrue(files.size() > 4);
    return files;
  }

  private static List<ArrowField> fields(Path archive, String table) throws Exception {
    try (var connection = RezStatesTest.connect(archive);
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT bytes FROM segments WHERE seq = 0 AND sampler = '" + table + "'")) {
      assertTrue(rows.next(), table);
      return ParquetRecording.open(rows.getBytes(1), table).fields();
    }
  }

  private static List<String> names(List<ArrowField> fields) {
    return fields.stream().map(ArrowField::name).toList();
  }

  private static Set<String> without(Set<String> keys, String... left) {
    Set<String> rest = new TreeSet<>(keys);
    rest.removeAll(Set.of(left));
    return rest;
  }
}

package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.wire.MsgpackBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives as other writers leave them, and what other programs do to them. */
class ForeignArchivesTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void setUp() {
    path = folder.resolve("a.rez");
  }

  @Test
  void marks_of_other_programs_in_the_header_do_not_matter() throws Exception {
    expectSameAfter(
        finished(), "PRAGMA application_id = 252006675", "PRAGMA user_version = 7", "ANALYZE");
  }

  @Test
  void a_missing_index_does_not_matter() throws Exception {
    expectSameAfter(finished(), "DROP INDEX segments_by_time");
    Recordings live = new Recordings(folder.resolve("b.rez"), 8, 10).append(25);
    path = folder.resolve("b.rez");
    execute("DROP INDEX segments_by_time");
    RezRoundTripTest.expect(live.expected(), path, false);
    live.writer().close();
  }

  @Test
  void tables_and_columns_that_a_later_writer_adds_do_not_matter() throws Exception {
    expectSameAfter(
        finished(),
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT)",
        "ALTER TABLE recordings ADD COLUMN owner TEXT",
        "ALTER TABLE segments ADD COLUMN checksum INTEGER",
        "ALTER TABLE wal ADD COLUMN flags INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE schema_version ADD COLUMN minor INTEGER NOT NULL DEFAULT 4");
  }

  @Test
  void it_need_not_be_in_log_mode_nor_of_these_pages() throws Exception {
    expectSameAfter(
        finished(),
        "PRAGMA journal_mode=DELETE",
        "PRAGMA auto_vacuum=NONE",
        "PRAGMA page_size=8192",
        "VACUUM");
    byte[] header = Files.readAllBytes(path);
    assertEquals(1, header[18]);
    assertEquals(0x20, header[16]);
  }

  @Test
  void segments_are_in_the_order_of_their_numbers_however_they_were_inserted() throws Exception {
    Recordings recording = finished();
    execute(
        "CREATE TEMP TABLE moved AS SELECT * FROM segments ORDER BY seq DESC",
        "DELETE FROM segments",
        "INSERT INTO segments SELECT recording_id, sampler, seq + 40, rows, first_ts, last_ts,"
            + " bytes FROM moved");
    RezRoundTripTest.expect(recording.expected(), path, true);
  }

  @Test
  void clock_offsets_are_put_in_order_and_may_be_missing() throws Exception {
    finished();
    execute(
        "DELETE FROM clock_offsets",
        "INSERT INTO clock_offsets VALUES (1, 30, -3), (1, 10, -1), (1, 20, -2), (9, 5, 5)");
    assertEquals(
        List.of(new ClockOffset(10, -1), new ClockOffset(20, -2), new ClockOffset(30, -3)),
        RezCatalog.read(path).recordings().get(0).clockOffsets());
    execute("DELETE FROM clock_offsets");
    assertEquals(List.of(), RezCatalog.read(path).recordings().get(0).clockOffsets());
  }

  @Test
  void rows_up_to_the_last_segment_are_not_even_looked_at() throws Exception {
    Recordings recording = finished();
    execute(
        "INSERT INTO wal SELECT recording_id, sampler, last_ts - 1, 0, x'c1' FROM segments",
        "INSERT OR IGNORE INTO wal SELECT recording_id, sampler, last_ts, 0, x'' FROM segments");
    RezRoundTripTest.expect(recording.expected(), path, true);
    assertEquals(0, RezCatalog.read(path).recordings().get(0).tables().get(0).liveRows());
  }

  @Test
  void an_archive_may_be_without_recordings_and_a_recording_without_tables() throws Exception {
    Archive.layOut(Files.createFile(path)).close();
    try (RezFile file = RezFile.open(path)) {
      assertEquals(List.of(), file.recordings());
      assertEquals(0, file.catalog().lastTs());
    }
    execute("INSERT INTO recordings VALUES (4, '{}', '{}', 0, 0)");
    try (RezFile file = RezFile.open(path)) {
      Recording recording = file.recordings().get(0);
      assertEquals("recording", recording.name());
      assertFalse(recording.complete());
      assertEquals(List.of(), recording.tables());
    }
  }

  @Test
  void recordings_come_in_the_order_of_their_numbers_and_have_their_own_rows() throws Exception {
    Archive.layOut(Files.createFile(path)).close();
    execute(
        "INSERT INTO recordings VALUES (7, '{\"source\":\"b\"}', '{\"k\":\"late\"}', 1, 70)",
        "INSERT INTO recordings VALUES (2, '{\"source\":\"a\"}', '{\"k\":null}', 0, 20)");
    insert(2, "s/g", 100, group(1, true, 5));
    insert(7, "s/g", 100, group(1, true, 6));
    try (RezFile file = RezFile.open(path)) {
      assertEquals(List.of("a", "b"), file.recordings().stream().map(Recording::name).toList());
      assertTrue(file.recordings().get(0).metadata().containsKey("k"));
      assertNull(file.recordings().get(0).metadata().get("k"));
      assertEquals(5, counter(file.recordings().get(0).tables().get(0), 0)[0]);
      assertEquals(6, counter(file.recordings().get(1).tables().get(0), 0)[0]);
    }
  }

  @Test
  void rows_whose_schema_was_evicted_are_passed_over_until_one_says_it_again() throws Exception {
    empty();
    insert(1, "s/g", 100, group(1, false, 10));
    insert(1, "s/g", 101, group(1, false, 11));
    insert(1, "s/g", 102, group(1, true, 12));
    insert(1, "s/g", 103, group(1, false, 13));
    insert(1, "s/g", 104, group(2, false, 14)); // of a schema that no row tells
    insert(1, "s/g", 105, group(1, false, 15));
    insert(1, "s/g", 106, group(3, true, 16));
    insert(1, "s/g", 107, group(1, false, 17)); // the schema before is not kept
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertArrayEquals(new long[] {102, 103, 105, 106}, table.timestamps(0));
      assertArrayEquals(new long[] {12, 13, 15, 16}, counter(table, 0));
    }
  }

  @Test
  void a_name_that_no_row_labels_has_no_labels_and_keeps_its_values() throws Exception {
    empty();
    insert(
        1, "s", 100, new MsgpackBuffer().array(2).raw(cell("0", null, 1)).raw(cell("1", "x", 2)));
    insert(
        1, "s", 101, new MsgpackBuffer().array(2).raw(cell("0", null, 3)).raw(cell("1", null, 4)));
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals(Map.of(), label(table.columns().get(0)));
      assertEquals("0", table.columns().get(0).metric());
      assertEquals(Map.of("metric", "x"), label(table.columns().get(1)));
      assertArrayEquals(new long[] {1, 3}, counter(table, 0));
      assertArrayEquals(new long[] {2, 4}, counter(table, 1));
    }
  }

  @Test
  void what_a_row_is_does_not_depend_on_the_name_of_its_table() throws Exception {
    empty();
    insert(1, "plain/with/slashes", 100, new MsgpackBuffer().array(1).raw(cell("0", "x", 8)));
    insert(1, "groupwithout", 100, group(1, true, 9));
    try (RezFile file = RezFile.open(path)) {
      List<Table> tables = file.recordings().get(0).tables();
      assertEquals("groupwithout", tables.get(0).name());
      assertEquals(9, counter(tables.get(0), 0)[0]);
      assertEquals(8, counter(tables.get(1), 0)[0]);
    }
  }

  @Test
  void a_table_need_not_have_a_column() throws Exception {
    empty();
    MsgpackBuffer row = new MsgpackBuffer().array(6).array(2).unsigned(1).unsigned(2);
    row.array(3).array(0).array(0).array(0).nil().array(0).array(0).array(0);
    insert(1, "s/g", 100, row);
    insert(1, "s/g", 101, row);
    RezWriter.adopt(path, RezWriterOptions.standard(0)).finish();
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals(List.of(), table.columns());
      assertArrayEquals(new long[] {100, 101}, table.timestamps(0));
      assertEquals(2, table.wallOffsets(0).present().cardinality());
    }
  }

  @Test
  void a_member_that_changes_its_kind_is_two_columns() throws Exception {
    empty();
    insert(1, "s", 100, new MsgpackBuffer().array(1).raw(cell("0", "x", 8)));
    MsgpackBuffer gauge = new MsgpackBuffer().array(1).array(4).string("0").nil();
    insert(1, "s", 101, gauge.map(1).string("Gauge").signed(-8).nil());
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals(MetricKind.COUNTER, table.columns().get(0).kind());
      assertEquals(MetricKind.GAUGE, table.columns().get(1).kind());
      assertArrayEquals(new long[] {0, -8}, counter(table, 1));
      assertEquals("{1}", table.values(table.columns().get(1), 0).present().toString());
    }
  }

  @Test
  void an_index_of_the_log_that_a_killed_writer_left_is_no_obstacle() throws Exception {
    Recordings recording = new Recordings(path, 4, 20).append(50);
    Path killed = Recordings.killed(path, folder.resolve("killed"));
    Files.copy(SideFiles.shm(path), SideFiles.shm(killed));
    RezRoundTripTest.expect(recording.expected(), killed, false);
    recording.writer().close();
  }

  @Test
  void a_killed_archive_is_read_through_a_link_and_from_where_nothing_can_be_written()
      throws Exception {
    Recordings recording = new Recordings(path, 4, 20).append(50);
    Path killed = Recordings.killed(path, folder.resolve("killed"));
    Path link = Files.createSymbolicLink(folder.resolve("link.rez"), killed);
    RezRoundTripTest.expect(recording.expected(), link, false);
    try (ReadOnlyDisk disk =
        ReadOnlyDisk.with(folder.resolve("disk"), killed, SideFiles.wal(killed))) {
      assumeTrue(disk.mounted(), "mounting takes more rights");
      RezRoundTripTest.expect(recording.expected(), disk.path().resolve("a.rez"), false);
    }
    recording.writer().close();
  }

  @Test
  void a_change_that_was_not_ended_is_not_seen() throws Exception {
    Recordings recording = finished();
    execute("PRAGMA journal_mode=DELETE");
    Path journal = path.resolveSibling("a.rez-journal");
    Path killed = folder.resolve("killed.rez");
    try (Connection connection = RezStatesTest.connect(path);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA cache_size=1");
      statement.execute("BEGIN");
      // does not fit the cache, so that the file has some of it already
      statement.executeUpdate("UPDATE segments SET bytes = zeroblob(length(bytes)), rows = 1");
      statement.executeUpdate("UPDATE recordings SET labels = '{\"source\":\"half\"}'");
      Files.copy(path, killed);
      Files.copy(journal, folder.resolve("killed.rez-journal"));
      statement.execute("ROLLBACK");
    }
    byte[] half = Files.readAllBytes(killed);
    RezRoundTripTest.expect(recording.expected(), killed, true);
    assertArrayEquals(half, Files.readAllBytes(killed), "reading changes nothing");
  }

  private Recordings finished() throws Exception {
    Recordings recording = new Recordings(path, 7, 10).append(35);
    recording.writer().finish();
    return recording;
  }

  private void expectSameAfter(Recordings recording, String... statements) throws Exception {
    execute(statements);
    RezRoundTripTest.expect(recording.expected(), path, true);
  }

  /** An archive of one recording, without rows. */
  private void empty() throws Exception {
    Archive.layOut(Files.createFile(path)).close();
    execute("INSERT INTO recordings VALUES (1, '{}', '{}', 0, 0)");
  }

  private void execute(String... statements) throws Exception {
    try (Connection connection = RezStatesTest.connect(path);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void insert(long recording, String table, long ts, MsgpackBuffer row) throws Exception {
    try (Connection connection = RezStatesTest.connect(path);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO wal VALUES (?, ?, ?, 0, ?)")) {
      insert.setLong(1, recording);
      insert.setString(2, table);
      insert.setLong(3, ts);
      insert.setBytes(4, row.toByteArray());
      insert.executeUpdate();
    }
  }

  /** A row of a group of one counter. */
  private static MsgpackBuffer group(long hash, boolean anchor, long value) {
    MsgpackBuffer row = new MsgpackBuffer().array(6).array(2).unsigned(hash).unsigned(hash);
    if (anchor) {
      row.array(3).array(1).array(2).string("0").strings(Map.of("metric", "x")).array(0).array(0);
    } else {
      row.nil();
    }
    return row.nil().array(1).unsigned(value).array(0).array(0);
  }

  private static byte[] cell(String name, String metric, long value) {
    MsgpackBuffer cell = new MsgpackBuffer().array(4).string(name);
    if (metric == null) {
      cell.nil();
    } else {
      cell.strings(Map.of("metric", metric));
    }
    return cell.map(1).string("Counter").unsigned(value).nil().toByteArray();
  }

  private static Map<String, String> label(RecordedColumn column) {
    Map<String, String> metadata = new java.util.TreeMap<>(column.metadata());
    metadata.remove("metric_type");
    return metadata;
  }

  private static long[] counter(Table table, int column) throws Exception {
    return table.values(table.columns().get(column), 0).values();
  }
}

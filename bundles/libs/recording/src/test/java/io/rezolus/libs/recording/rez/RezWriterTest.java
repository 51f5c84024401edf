package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RezWriterTest {
  private static final Schema SCHEMA = schema("0", "1");

  @TempDir Path folder;

  @Test
  void a_reading_that_did_not_advance_is_not_stored_again() throws Exception {
    try (RezWriter writer = create()) {
      for (int tick = 1; tick <= 6; tick++) {
        GroupData group = group("cpu_usage/percpu", 7);
        group.window(100 * (tick / 3), 100 * (tick / 3) + 50);
        writer.append(snapshot(group), tick * 10, 0);
      }
      assertEquals(3, writer.status().rows());
      assertEquals(6, writer.status().ticks());
    }
  }

  @Test
  void a_group_without_readings_gets_no_row_and_a_member_without_any_no_column() throws Exception {
    Path path = folder.resolve("a.rez");
    RezWriter writer = create();
    writer.append(snapshot(group("cpu_usage/percpu", 7), new GroupData("x/y", SCHEMA)), 10, 0);
    writer.finish();
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals(1, file.recordings().get(0).tables().size());
      assertEquals(1, table.columns().size());
      assertEquals("0", table.columns().get(0).name());
    }
  }

  @Test
  void a_group_that_comes_twice_is_recorded_once() throws Exception {
    try (RezWriter writer = create()) {
      writer.append(snapshot(group("a/b", 1), group("a/b", 2), group("c/d", 3)), 10, 0);
      assertEquals(2, writer.status().rows());
    }
  }

  @Test
  void times_must_increase() throws Exception {
    try (RezWriter writer = create()) {
      writer.append(snapshot(group("a/b", 1)), 10, 0);
      assertThrows(
          IllegalArgumentException.class, () -> writer.append(snapshot(group("a/b", 1)), 10, 0));
    }
  }

  @Test
  void first_segments_are_shortened_by_the_name_of_their_table() throws Exception {
    Path path = folder.resolve("a.rez");
    try (RezWriter writer = create()) {
      for (int tick = 1; tick <= 1700; tick++) {
        writer.appendEntries(snapshot(group("cpu_usage/main", tick)), tick, 0);
        writer.sealDue();
      }
    }
    assertEquals(List.of("697", "900"), RezStatesTest.sql(path, "SELECT rows FROM segments"));
    assertEquals(List.of("103"), RezStatesTest.sql(path, "SELECT COUNT(*) FROM wal"));
    assertEquals(List.of("697", "1597"), RezStatesTest.sql(path, "SELECT ts FROM clock_offsets"));
  }

  @Test
  void rows_that_come_while_a_segment_is_encoded_belong_to_the_next_one() throws Exception {
    Path path = folder.resolve("a.rez");
    try (RezWriter writer = create()) {
      Sealing sealing = null;
      for (int tick = 1; sealing == null; tick++) {
        writer.appendEntries(snapshot(group("cpu_usage/main", tick)), tick, 0);
        sealing = writer.due();
      }
      for (int tick = 698; tick <= 710; tick++) {
        writer.appendEntries(snapshot(group("cpu_usage/main", tick)), tick, 0);
        assertNull(writer.due());
        assertEquals(tick, rows(path));
      }
      sealing.encode();
      assertEquals(710, rows(path));
      writer.seal(sealing);
      assertEquals(710, rows(path));
      assertEquals(List.of("697"), RezStatesTest.sql(path, "SELECT rows FROM segments"));
      writer.finish();
    }
    assertEquals(List.of("697", "13"), RezStatesTest.sql(path, "SELECT rows FROM segments"));
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals(2, table.parts());
      for (RecordedColumn column : table.columns()) {
        assertEquals(13, table.values(column, 1).present().cardinality(), column.toString());
      }
    }
  }

  private static long rows(Path path) throws IOException {
    try (RezFile file = RezFile.open(path)) {
      return file.recordings().get(0).tables().get(0).rows();
    }
  }

  @Test
  void a_segment_is_sealed_by_age_even_when_nothing_comes_any_more() throws Exception {
    AtomicLong clock = new AtomicLong();
    RezWriterOptions options = RezWriterOptions.standard(1);
    try (RezWriter writer =
        RezWriter.create(folder.resolve("a.rez"), Map.of(), Map.of(), options, clock::get)) {
      writer.append(snapshot(group("a/b", 1)), 10, 0);
      assertEquals(0, writer.sealDue());
      clock.set(Duration.ofSeconds(300).toNanos());
      assertEquals(1, writer.sealDue());
      assertEquals(0, writer.sealDue());
    }
  }

  @Test
  void stored_rows_have_the_documented_bytes() throws Exception {
    Path path = folder.resolve("a.rez");
    try (RezWriter writer = create()) {
      GroupData plain = new GroupData("cpu_usage/main", schema("0"));
      plain.counter(0, 5);
      plain.window(1, 2);
      writer.appendEntries(snapshot(plain), 10, 0);
    }
    assertEquals(
        List.of("9194A13081A773616D706C6572A96370755F757361676581A7436F756E74657205920102"),
        RezStatesTest.sql(path, "SELECT hex(row) FROM wal"));
  }

  @Test
  void a_malformed_histogram_costs_only_itself() throws Exception {
    Path path = folder.resolve("a.rez");
    try (RezWriter writer = create()) {
      writer.append(snapshot(group("a/b", 1)), 10, 0);
    }
    // [[1,2], [[["0",{}]],[],[["h",{}]]], nil, [5], [], [cell]], the cell of one bucket, of none
    // that is legal, and a text
    String[] cells = {
      "93010391" + "07", "9340" + "02" + "90", "a162", "93" + "01" + "0396010203040506"
    };
    try (Connection connection = RezStatesTest.connect(path);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO wal VALUES (1, 'x/y', ?, 0, ?)")) {
      for (int i = 0; i < cells.length; i++) {
        insert.setLong(1, 20 + i);
        insert.setBytes(
            2,
            HexFormat.of()
                .parseHex(
                    "96920102"
                        + "93"
                        + "9192a13080"
                        + "90"
                        + "9192a16880"
                        + "c0"
                        + "9105"
                        + "90"
                        + "91"
                        + cells[i]));
        insert.executeUpdate();
      }
    }
    RezWriter.adopt(path, RezWriterOptions.standard(1)).finish();
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(1);
      assertEquals(4, table.values(table.columns().get(0), 0).present().cardinality());
      long[][] rows = table.histograms(table.columns().get(1), 0);
      assertTrue(rows[0] == null && rows[1] == null && rows[2] == null);
      assertEquals(6, rows[3][5]);
    }
  }

  @Test
  void space_of_evicted_rows_is_used_again() throws Exception {
    try (RezWriter writer = create()) {
      long plateau = 0;
      for (int tick = 1; tick <= 4000; tick++) {
        writer.append(snapshot(group("a/b", tick), group("c/d", -tick)), tick, 0);
        writer.sealDue();
        writer.evict(tick - 1000);
        if (tick > 1500 && tick <= 2500 && tick % 20 == 0) {
          // more while rows wait for their segment than just after that
          plateau = Math.max(plateau, writer.status().pages());
        }
      }
      assertTrue(writer.status().pages() <= plateau * 3 / 2, writer.status().toString());
    }
  }

  private RezWriter create() throws IOException {
    return RezWriter.create(
        folder.resolve("a.rez"), Map.of(), Map.of(), RezWriterOptions.standard(1));
  }

  private static Schema schema(String... names) {
    Schema.Builder builder = new Schema.Builder();
    for (String name : names) {
      TreeMap<String, String> labels = new TreeMap<>(Map.of("sampler", "cpu_usage"));
      builder.add(MetricKind.COUNTER, new Member(name, labels));
    }
    return builder.build();
  }

  private static GroupData group(String name, long value) {
    GroupData group = new GroupData(name, SCHEMA);
    group.counter(0, value);
    return group;
  }

  private static Snapshot snapshot(GroupData... groups) {
    return new Snapshot(1, 1, Map.of(), List.of(groups));
  }
}

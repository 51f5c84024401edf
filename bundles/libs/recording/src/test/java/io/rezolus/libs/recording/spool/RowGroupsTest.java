package io.rezolus.libs.recording.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowGroupsTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final Metric TASK = Metric.counter("task_cpu_usage", "nanoseconds", "Busy.");
  private static final int TASKS_AT_ONCE = 3;

  @TempDir Path dir;

  @Test
  void columns_that_come_and_go_between_row_groups_are_null_where_they_were_not()
      throws IOException {
    ParquetRecording recording = record(40);
    assertTrue(recording.table().parts() >= 10);
    assertEquals(1 + 42, recording.table().columns().size());
    for (RecordedColumn column : recording.table().columns()) {
      if (column.name().equals("duration")) {
        continue;
      }
      int task = Integer.parseInt(column.label("id"));
      int row = 0;
      for (int part = 0; part < recording.table().parts(); part++) {
        Longs longs = recording.table().values(column, part);
        for (int i = 0; i < recording.table().rows(part); i++, row++) {
          boolean lives = row <= task && task < row + TASKS_AT_ONCE;
          assertEquals(lives, longs.present().get(i), column.name() + " in row " + row);
          if (lives) {
            assertEquals(1000L * task + row, longs.values()[i]);
          }
        }
      }
    }
  }

  @Test
  void duckdb_reads_columns_that_most_row_groups_do_not_have() throws IOException, SQLException {
    record(40);
    String file = "'" + dir.resolve("out.parquet") + "'";
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), count(\"task_cpu_usage/20\"), sum(\"task_cpu_usage/20\"),"
                    + " count(\"task_cpu_usage/41\"), max(duration) from "
                    + file)) {
      row.next();
      assertEquals(40, row.getLong(1));
      assertEquals(3, row.getLong(2));
      assertEquals(3 * 20_000 + 18 + 19 + 20, row.getLong(3));
      assertEquals(1, row.getLong(4));
      assertEquals(1000, row.getLong(5));
    }
  }

  @Test
  void a_row_group_is_encoded_with_the_help_of_another_thread() throws Exception {
    Path out = dir.resolve("out.parquet");
    try (RowGroups groups = new RowGroups(out, WriteOptions.CONVERSION)) {
      Thread helper =
          new Thread(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  groups.help();
                }
              });
      helper.start();
      for (int row = 0; row < 500; row++) {
        groups.add(snapshot(row), true);
      }
      groups.finish(Map.of());
      helper.interrupt();
      helper.join();
    }
    assertEquals(500, ParquetRecording.open(out).table().rows());
    assertEquals(1 + 502, ParquetRecording.open(out).table().columns().size());
  }

  @Test
  void what_a_killed_recording_left_is_removed_by_the_next_and_a_living_one_s_is_not()
      throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path abandoned = dir.resolve(".out.parquet-" + gone.pid() + ".partial");
    Files.writeString(abandoned, "PAR1");
    Path living = dir.resolve(".out.parquet-1.partial");
    Files.writeString(living, "PAR1");
    Path other = dir.resolve(".out.parquet-x-" + gone.pid() + ".partial");
    Files.writeString(other, "PAR1");
    record(1);
    assertFalse(Files.exists(abandoned));
    assertTrue(Files.exists(living));
    assertTrue(Files.exists(other));
  }

  @Test
  void a_recording_that_is_not_finished_leaves_nothing() throws IOException {
    try (RowGroups groups = new RowGroups(dir.resolve("out"), WriteOptions.CONVERSION, 1)) {
      groups.add(snapshot(0), true);
      groups.add(snapshot(1), true);
      assertEquals(2, groups.groups());
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void a_spool_is_small_and_whole_up_to_the_last_sample_however_it_ended() throws IOException {
    Path out = dir.resolve("out.parquet");
    SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    long plain = 0;
    byte[] killed;
    try (Spool spool = Spool.create(out)) {
      for (int row = 0; row < 100; row++) {
        MsgpackBuffer buffer = new MsgpackBuffer();
        encoder.encode(snapshot(row), buffer);
        plain += buffer.toByteArray().length;
        spool.append(buffer.toByteArray());
      }
      killed = Files.readAllBytes(spool.path());
    }
    assertTrue(killed.length < plain / 3, killed.length + " of " + plain);
    Path copy = Files.write(dir.resolve("copy.spool"), killed);
    SpoolConverter.Conversion conversion = new SpoolConverter().convert(copy, out, Map.of());
    assertEquals(100, conversion.rows());
    assertNull(conversion.torn());
    Files.write(copy, Arrays.copyOf(killed, killed.length - 2));
    assertEquals(99, new SpoolConverter().convert(copy, out, Map.of()).rows());
  }

  @Test
  void fifty_thousand_columns_fit_in_a_small_heap() throws Exception {
    Path out = dir.resolve("wide.parquet");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                WideRun.class.getName(),
                out.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("said").toFile())
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), () -> said());
    ParquetRecording recording = ParquetRecording.open(out);
    assertEquals(WideRun.ROWS, recording.table().rows());
    assertEquals(1 + WideRun.COLUMNS, recording.table().columns().size());
    String id = Integer.toString(WideRun.COLUMNS - 1);
    RecordedColumn last =
        recording.table().columns().stream()
            .filter(column -> column.label("id").equals(id))
            .findFirst()
            .orElseThrow();
    int part = recording.table().parts() - 1;
    Longs longs = recording.table().values(last, part);
    int row = recording.table().rows(part) - 1;
    assertEquals("{" + row + "}", longs.present().toString());
    assertEquals(1000L * (WideRun.COLUMNS - 1) + WideRun.ROWS - 1, longs.values()[row]);
  }

  private String said() {
    try {
      return Files.readString(dir.resolve("said"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private ParquetRecording record(int rows) throws IOException {
    Path out = dir.resolve("out.parquet");
    try (RowGroups groups = new RowGroups(out, WriteOptions.CONVERSION, 700)) {
      for (int row = 0; row < rows; row++) {
        groups.add(snapshot(row), true);
      }
      groups.finish(Map.of("source", "rezolus"));
    }
    return ParquetRecording.open(out);
  }

  /** Tasks that live for three rows each. */
  private static Snapshot snapshot(int row) {
    return snapshot(row, row, TASKS_AT_ONCE);
  }

  static Snapshot snapshot(int row, int first, int count) {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < count; i++) {
      schema.add(MetricKind.COUNTER, Member.indexed("task_cpu", TASK, first + i));
    }
    GroupData group = new GroupData("task/main", schema.build());
    for (int i = 0; i < count; i++) {
      group.counter(i, 1000L * (first + i) + row);
    }
    return new Snapshot(
        START + row * 1_000_000_000L, 1000, Map.of("version", "5.17.1"), List.of(group));
  }

  /** Records more columns than their cells would fit beside each other. */
  static final class WideRun {
    static final int NEW = 125;
    static final int ROWS = 400;
    static final int COLUMNS = NEW * ROWS;

    private WideRun() {}

    public static void main(String[] args) throws IOException {
      try (RowGroups groups = new RowGroups(Path.of(args[0]), WriteOptions.CONVERSION)) {
        for (int row = 0; row < ROWS; row++) {
          groups.add(snapshot(row, row * NEW, NEW), true);
        }
        groups.finish(Map.of());
      }
    }
  }
}

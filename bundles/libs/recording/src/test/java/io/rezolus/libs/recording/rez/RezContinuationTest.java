package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on behind something: a clock that was set back, and a recording behind another. */
class RezContinuationTest {
  private static final Schema SCHEMA = schema();

  @TempDir Path folder;

  @Test
  void readings_go_on_when_the_clock_they_are_read_by_is_set_back() throws Exception {
    Path path = folder.resolve("a.rez");
    RezWriter writer = create(path, 1000);
    List<Long> ends = new ArrayList<>();
    for (int tick = 1; tick <= 21; tick++) {
      // an hour back after the seventh
      long end = 10_000_000 + tick * 10L - (tick > 7 ? 3_600_000 : 0);
      ends.add(end);
      writer.append(snapshot(tick, end), 10_000_000 + tick * 10L, tick > 7 ? -3_600_000 : 0);
      // the same reading once more
      writer.append(snapshot(tick, end), 10_000_000 + tick * 10L + 5, 0);
    }
    assertEquals(21, writer.status().rows());
    writer.finish();
    try (RezFile file = RezFile.open(path)) {
      var table = file.recordings().get(0).tables().get(0);
      assertEquals(21, table.rows());
      var windows = table.windows(table.columns().get(0), 0);
      for (int row = 0; row < 21; row++) {
        assertEquals(ends.get(row), windows.end()[row]);
      }
    }
  }

  @Test
  void a_recording_is_begun_behind_another_and_neither_loses_a_row() throws Exception {
    Path path = folder.resolve("a.rez");
    try (RezWriter first = create(path, 4)) {
      fill(first, 1, 10);
    }
    RezWriter adopted = RezWriter.adopt(path, RezWriterOptions.standard(0));
    assertEquals("one", adopted.labels().get("source"));
    assertEquals(7, adopted.newestOffset());
    RezWriter second =
        adopted.begin(Map.of("source", "two"), Map.of(), RezWriterOptions.standard(100));
    fill(second, 11, 15);
    assertEquals(15, second.status().rows());
    second.close();
    RezCatalog catalog = RezCatalog.read(path);
    assertEquals(List.of(10L, 5L), rows(catalog));
    assertTrue(catalog.recordings().get(0).complete());
    assertFalse(catalog.recordings().get(1).complete());
    assertEquals("two", catalog.recordings().get(1).labels().get("source"));
    // and once more, behind two of them
    try (RezWriter again = RezWriter.adopt(path, RezWriterOptions.standard(0))) {
      assertEquals("two", again.labels().get("source"));
      fill(again, 16, 17);
    }
    assertEquals(List.of(10L, 7L), rows(RezCatalog.read(path)));
  }

  @Test
  void a_recording_is_forgotten_with_its_last_row() throws Exception {
    Path path = folder.resolve("a.rez");
    RezWriter first = create(path, 4);
    fill(first, 1, 10);
    try (RezWriter second =
        first.begin(Map.of("source", "two"), Map.of(), RezWriterOptions.standard(100))) {
      fill(second, 11, 20);
      second.evict(60);
      assertEquals(2, RezCatalog.read(path).recordings().size());
      second.evict(120);
      RezCatalog left = RezCatalog.read(path);
      assertEquals(1, left.recordings().size());
      assertEquals(120, left.firstTs());
      assertEquals(
          List.of("0"),
          RezStatesTest.sql(path, "SELECT COUNT(*) FROM clock_offsets WHERE recording_id = 1"));
    }
  }

  @Test
  void a_range_has_only_the_recordings_that_reach_into_it() throws Exception {
    Path path = folder.resolve("a.rez");
    RezWriter first = create(path, 4);
    fill(first, 1, 10);
    try (RezWriter second =
        first.begin(Map.of("source", "two"), Map.of(), RezWriterOptions.standard(100))) {
      fill(second, 11, 20);
      Path part = folder.resolve("part.rez");
      RezDump.range(path, part, 150, 200);
      assertEquals(List.of(6L), rows(RezCatalog.read(part)));
      Path whole = folder.resolve("whole.rez");
      RezDump.everything(path, whole);
      assertEquals(List.of(10L, 10L), rows(RezCatalog.read(whole)));
    }
  }

  @Test
  void whether_trying_again_helps_is_told_by_the_refusal() throws Exception {
    Path ended = folder.resolve("ended.rez");
    RezWriter writer = create(ended, 4);
    fill(writer, 1, 3);
    writer.finish();
    assertFalse(refusal(ended).isEmpty());
    Path text = Files.writeString(folder.resolve("text.rez"), "hello");
    assertFalse(refusal(text).isEmpty());
    assertTrue(refusal(Files.createFile(folder.resolve("empty.rez"))).isEmpty());
    Path row = folder.resolve("row.rez");
    try (RezWriter whole = create(row, 100)) {
      fill(whole, 1, 3);
    }
    try (var connection = RezStatesTest.connect(row);
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE wal SET row = x'9293' WHERE ts = 20");
    }
    assertFalse(refusal(row).isEmpty());
    Path page = folder.resolve("page.rez");
    try (RezWriter whole = create(page, 4)) {
      fill(whole, 1, 200);
    }
    byte[] bytes = Files.readAllBytes(page);
    Files.write(page, Arrays.copyOf(bytes, bytes.length / 2));
    assertFalse(refusal(page).isEmpty());
  }

  private static Schema schema() {
    Schema.Builder schema = new Schema.Builder();
    schema.add(MetricKind.COUNTER, new Member("0", new TreeMap<>(Map.of("sampler", "cpu"))));
    return schema.build();
  }

  private static UnfitArchiveException refusal(Path path) {
    return assertThrows(
        UnfitArchiveException.class, () -> RezWriter.adopt(path, RezWriterOptions.standard(0)));
  }

  private static List<Long> rows(RezCatalog catalog) {
    return catalog.recordings().stream().map(RecordingCatalog::rows).toList();
  }

  private static RezWriter create(Path path, int segmentRows) throws Exception {
    return RezWriter.create(
        path,
        Map.of("source", "one"),
        Map.of(),
        RezWriterOptions.standard(1).withSegmentRows(segmentRows));
  }

  private static void fill(RezWriter writer, int from, int to) throws Exception {
    for (int tick = from; tick <= to; tick++) {
      writer.append(snapshot(tick, tick * 10L), tick * 10L, 7);
      writer.sealDue();
    }
  }

  private static Snapshot snapshot(int value, long end) {
    GroupData group = new GroupData("cpu/main", SCHEMA);
    group.counter(0, value);
    group.window(end - 3, end);
    return new Snapshot(1, 1, Map.of(), List.of(group));
  }
}

package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamArchiveTest {
  private static final Pattern TABLE =
      Pattern.compile("^ {4}(\\S+) +(\\d+) rows.*?(?:\\((\\d+) segments, (\\d+) unsealed.*)?$");

  @TempDir Path folder;

  @Test
  void reads_every_row_of_a_finished_recording() throws Exception {
    Path path = UpstreamArchives.copy(folder, "recorded.rez");
    expectAsDescribed(path, "recorded", true);
    JsonObject described =
        JsonParser.parseString(
                Files.readString(UpstreamArchives.folder().resolve("metadata-recorded.rez.json")))
            .getAsJsonObject()
            .getAsJsonArray("recordings")
            .get(0)
            .getAsJsonObject();
    RecordingCatalog recording = RezCatalog.read(path).recordings().get(0);
    assertEquals(described.get("name").getAsString(), recording.name());
    assertEquals(described.get("clock_anchor_wall_ns").getAsLong(), recording.clockAnchorNanos());
    assertEquals(-50, recording.clockOffsets().get(0).offsetNanos());
    assertEquals("golden", recording.labels().get("host"));
    JsonObject metadata = described.getAsJsonObject("metadata");
    assertEquals(metadata.keySet(), recording.metadata().keySet());
    metadata
        .entrySet()
        .forEach(
            entry ->
                assertEquals(
                    entry.getValue().getAsString(), recording.metadata().get(entry.getKey())));
    assertEquals(described.getAsJsonArray("tables").size(), recording.tables().size());
  }

  @Test
  void reads_every_row_of_a_killed_recording_and_leaves_it_as_it_is() throws Exception {
    Path path = UpstreamArchives.copy(folder, "killed.rez", "killed.rez-wal");
    expectAsDescribed(path, "killed", false);
    for (String name : new String[] {"killed.rez", "killed.rez-wal"}) {
      assertArrayEquals(
          Files.readAllBytes(UpstreamArchives.folder().resolve(name)),
          Files.readAllBytes(folder.resolve(name)));
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "nothing is left beside it");
    }
  }

  @Test
  void says_that_the_log_of_a_killed_recording_is_missing() throws Exception {
    Path path = UpstreamArchives.copy(folder, "killed.rez");
    IOException failure = assertThrows(IOException.class, () -> RezFile.open(path));
    assertTrue(failure.getMessage().contains("killed.rez-wal, which is missing"));
  }

  @Test
  void reads_every_row_of_a_dump_that_is_not_in_log_mode() throws Exception {
    Path path = UpstreamArchives.copy(folder, "hindsight-dump.rez");
    assertEquals(1, Files.readAllBytes(path)[18]);
    expectAsDescribed(path, "hindsight-dump", true);
  }

  private static void expectAsDescribed(Path path, String name, boolean complete) throws Exception {
    Map<String, long[]> described = new TreeMap<>();
    for (String line :
        Files.readAllLines(UpstreamArchives.folder().resolve("metadata-" + name + ".rez.txt"))) {
      Matcher matcher = TABLE.matcher(line);
      if (matcher.matches()) {
        boolean live = matcher.group(3) != null;
        described.put(
            matcher.group(1),
            new long[] {
              Long.parseLong(matcher.group(2)),
              live ? Long.parseLong(matcher.group(3)) : 1,
              live ? Long.parseLong(matcher.group(4)) : 0
            });
      }
    }
    RecordingCatalog catalog = RezCatalog.read(path).recordings().get(0);
    assertEquals(described.size(), catalog.tables().size());
    for (TableCatalog table : catalog.tables()) {
      long[] expected = described.get(table.name());
      assertNotNull(expected, table.name());
      assertArrayEquals(
          expected, new long[] {table.rows(), table.segments(), table.liveRows()}, table.name());
    }
    try (RezFile file = RezFile.open(path)) {
      Recording recording = file.recordings().get(0);
      assertEquals(complete, recording.complete());
      assertEquals(described.size(), recording.tables().size());
      int values = 0;
      for (Table table : recording.tables()) {
        assertEquals(described.get(table.name())[0], table.rows(), table.name());
        values += expectReadable(table);
      }
      assertTrue(values > 1000, values + " values");
    }
  }

  /** Number of values. */
  private static int expectReadable(Table table) throws IOException {
    int values = 0;
    long last = 0;
    for (int part = 0; part < table.parts(); part++) {
      long[] timestamps = table.timestamps(part);
      assertEquals(table.rows(part), timestamps.length);
      assertEquals(table.rows(part), table.wallOffsets(part).present().cardinality());
      for (long ts : timestamps) {
        assertTrue(ts > last);
        last = ts;
      }
      for (RecordedColumn column : table.columns()) {
        assertFalse(column.labels().isEmpty(), column.name());
        if (column.kind() == MetricKind.HISTOGRAM) {
          for (long[] buckets : table.histograms(column, part)) {
            values += buckets == null ? 0 : buckets.length;
          }
        } else {
          values += table.values(column, part).present().cardinality();
        }
      }
    }
    return values;
  }
}

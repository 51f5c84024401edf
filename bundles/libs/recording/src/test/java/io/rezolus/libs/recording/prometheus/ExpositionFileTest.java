package io.rezolus.libs.recording.prometheus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.open.RecordingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpositionFileTest {
  @TempDir Path dir;

  @Test
  void a_saved_exposition_is_one_row_at_the_time_the_file_was_written() throws IOException {
    Path file = write("# TYPE hits counter\nhits{path=\"/\"} 42\nload 0.5\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
    try (RecordingFile recording = RecordingFiles.open(file)) {
      assertEquals(RecordingFormat.PROMETHEUS, recording.format());
      Table table = recording.recordings().get(0).tables().get(0);
      assertArrayEquals(new long[] {1_700_000_000_000_000_000L}, table.timestamps(0));
      RecordedColumn hits =
          table.columns().stream()
              .filter(column -> column.metric().equals("hits"))
              .findFirst()
              .orElseThrow();
      assertEquals(42, table.values(hits, 0).values()[0]);
      assertEquals("/", hits.label("path"));
    }
  }

  @Test
  void samples_that_state_their_times_are_a_row_each() throws IOException {
    Path file = write("a 2 1700000002000\na{x=\"1\"} 1 1700000001000\n");
    try (RecordingFile recording = RecordingFiles.open(file)) {
      Table table = recording.recordings().get(0).tables().get(0);
      assertArrayEquals(
          new long[] {1_700_000_001_000_000_000L, 1_700_000_002_000_000_000L}, table.timestamps(0));
    }
  }

  @Test
  void a_text_without_samples_is_refused_with_what_would_do() throws IOException {
    Path file = write("<html>hello</html>\n");
    IOException refused = assertThrows(IOException.class, () -> RecordingFiles.open(file));
    assertTrue(refused.getMessage().startsWith(file + ": neither a recording nor"));
  }

  @Test
  void lines_that_are_no_samples_and_a_last_one_without_an_end_are_told() throws IOException {
    Path file = write("hits 42\nhits{path=\nhits{a=\"1\"} 4");
    try (RecordingFile recording = RecordingFiles.open(file)) {
      assertEquals(
          List.of(
              file + ": lines that are no samples and are left out: 1",
              file + ": its last line has no end: it may be cut off"),
          recording.warnings());
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("metrics.txt"), text);
  }
}

package io.rezolus.libs.recording.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.combine.Made;
import io.rezolus.libs.recording.rez.RezFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarUpgradeTest {
  private static final String MANIFEST =
      """
      {"version":2,"recordings":[{"dir":"0","labels":{"host":"h"},
       "metadata":{"source":"rezolus"},"complete":false,
       "clock_offsets":[[1000000000,7]],
       "tables":[{"sampler":"cpu","files":["0000.parquet"],"rows":4}]}]}
      """;

  @TempDir private Path folder;

  @Test
  void labels_metadata_rows_and_segments_are_kept_in_place() throws Exception {
    Path archive = tar();
    byte[] segment = Files.readAllBytes(folder.resolve("x.parquet"));
    assertEquals(4, TarUpgrade.upgrade(archive, archive));
    try (RezFile file = RezFile.open(archive)) {
      Recording recording = file.recordings().get(0);
      assertEquals("h", recording.labels().get("host"));
      assertEquals("rezolus", recording.metadata().get("source"));
      assertFalse(recording.complete());
      assertEquals(Made.SECOND, file.catalog().recordings().get(0).clockAnchorNanos());
      assertEquals(7, file.catalog().recordings().get(0).clockOffsets().get(0).offsetNanos());
      Table table = recording.tables().get(0);
      assertEquals(4, table.rows());
      assertEquals("requests", table.columns().stream().skip(1).findFirst().get().metric());
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + archive);
        var rows = connection.createStatement().executeQuery("SELECT bytes FROM segments")) {
      assertTrue(rows.next());
      assertArrayEquals(segment, rows.getBytes(1));
    }
  }

  @Test
  void what_is_no_archive_stays_as_it_is() throws IOException {
    Path file = Files.writeString(folder.resolve("a.rez"), "nothing".repeat(200));
    assertThrows(IOException.class, () -> TarUpgrade.upgrade(file, file));
    assertEquals("nothing".repeat(200), Files.readString(file));
  }

  private Path tar() throws IOException {
    new Made(folder).agent("x", 0, 1, 2, 3, 4);
    byte[] segment = Files.readAllBytes(folder.resolve("x.parquet"));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(TarHeader.of("0/0000.parquet", segment.length));
    tar.write(segment);
    tar.write(new byte[(512 - segment.length % 512) % 512]);
    tar.write(TarHeader.of("manifest.json", MANIFEST.length()));
    tar.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
    tar.write(new byte[1024]);
    return Files.write(folder.resolve("a.rez"), tar.toByteArray());
  }
}

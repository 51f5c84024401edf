package io.rezolus.libs.recording.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.combine.Made;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarRecordingsTest {
  private static final String FIRST =
      """
      {"version":2,"recordings":[{"dir":"0","labels":{"host":"h"},
       "metadata":{"source":"rezolus","sampling_interval_ms":"1000"},"complete":false,
       "clock_anchor_wall_ns":5,"clock_offsets":[[1,2]],
       "tables":[{"sampler":"cpu","file":"cpu/0000.parquet","columns":["0"],"rows":4,
                  "cadence_ns":1000000000}]}]}
      """;
  private static final String SECOND =
      """
      {"version":2,"recordings":[{"dir":"0","labels":{"host":"h"},"metadata":{},"complete":true,
       "tables":[{"sampler":"cpu","files":["cpu/0000.parquet","cpu/0001.parquet"],"rows":6,
                  "cadence_ns":null}]}]}
      """;

  @TempDir private Path folder;
  private byte[] older;
  private byte[] newer;

  @BeforeEach
  void setUp() throws IOException {
    Made made = new Made(folder);
    made.agent("x", 0, 1, 2, 3, 4);
    made.agent("y", 0, 5, 6);
    older = Files.readAllBytes(folder.resolve("x.parquet"));
    newer = Files.readAllBytes(folder.resolve("y.parquet"));
  }

  @Test
  void reads_the_segments_of_a_table_one_after_another() throws IOException {
    try (TarRecordings archive = TarRecordings.open(archive(streamed()))) {
      Recording recording = archive.recordings().get(0);
      assertEquals("h", recording.labels().get("host"));
      assertTrue(recording.complete());
      Table table = recording.tables().get(0);
      assertEquals("cpu", table.name());
      assertEquals(6, table.rows());
      assertEquals(3, table.parts());
      RecordedColumn column = table.columns().get(1);
      assertEquals("requests", column.metric());
      assertArrayEquals(new long[] {1, 2, 3}, table.values(column, 0).values());
      assertArrayEquals(new long[] {5, 6}, table.values(column, 2).values());
      assertEquals(4 * Made.SECOND, table.timestamps(1)[0]);
    }
  }

  @Test
  void wherever_it_is_cut_off_what_an_older_manifest_speaks_of_is_there() throws IOException {
    byte[] whole = streamed();
    Path cut = folder.resolve("cut.rez");
    int complete = 0;
    int older = 0;
    int refused = 0;
    for (int length = 512; length <= whole.length; length += 97) {
      Files.write(cut, Arrays.copyOf(whole, length));
      try (TarRecordings archive = TarRecordings.open(cut)) {
        long rows = archive.recordings().get(0).tables().get(0).rows();
        assertTrue(rows == 4 || rows == 6, rows + " rows");
        complete += rows == 6 ? 1 : 0;
        older += rows == 4 ? 1 : 0;
        assertTrue(rows == 6 || archive.warnings().toString().contains("cut off or damaged after"));
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith(cut.toString()), e.getMessage());
        refused++;
      }
    }
    assertTrue(complete > 0 && older > 0 && refused > 0);
  }

  @Test
  void a_manifest_whose_files_are_not_there_or_that_cannot_be_parsed_is_passed_over()
      throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    file(tar, "0/cpu/0000.parquet", older);
    file(tar, "manifest.json", FIRST.getBytes(StandardCharsets.UTF_8));
    file(tar, "manifest.json", SECOND.getBytes(StandardCharsets.UTF_8));
    file(tar, "manifest.json", "{\"version\":2,\"recor".getBytes(StandardCharsets.UTF_8));
    try (TarRecordings archive = TarRecordings.open(archive(tar.toByteArray()))) {
      assertEquals(4, archive.recordings().get(0).tables().get(0).rows());
      assertFalse(archive.recordings().get(0).complete());
      assertEquals(2, archive.warnings().size(), archive.warnings().toString());
    }
  }

  @Test
  void a_recording_of_version_1_counts_as_complete() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    file(tar, "0/cpu/0000.parquet", older);
    file(
        tar,
        "manifest.json",
        FIRST.replace("\"version\":2", "\"version\":1").getBytes(StandardCharsets.UTF_8));
    try (TarRecordings archive = TarRecordings.open(archive(tar.toByteArray()))) {
      assertTrue(archive.recordings().get(0).complete());
    }
  }

  @Test
  void refuses_later_versions_missing_manifests_and_files_named_twice() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    file(tar, "0/cpu/0000.parquet", older);
    assertRefused("without manifest.json", tar);
    file(tar, "manifest.json", "{\"version\":3}".getBytes(StandardCharsets.UTF_8));
    assertRefused("version 3", tar);
    tar.reset();
    file(tar, "0/cpu/0000.parquet", older);
    String twice = SECOND.replace("0001", "0000");
    file(tar, "manifest.json", twice.getBytes(StandardCharsets.UTF_8));
    assertRefused("no manifest in it has all of its files", tar);
  }

  @Test
  void absurd_sizes_and_names_are_refused_without_allocating_for_them() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(TarHeader.of("manifest.json", Long.MAX_VALUE));
    assertRefused("without manifest.json", tar);
    tar.reset();
    file(tar, "manifest.json", new byte[(8 << 20) + 1]);
    assertRefused("expected at most", tar);
    tar.reset();
    String deep = "[".repeat(1 << 20);
    file(tar, "manifest.json", deep.getBytes(StandardCharsets.UTF_8));
    assertRefused("no manifest", tar);
    tar.reset();
    file(
        tar,
        "manifest.json",
        FIRST.replace("\"dir\":\"0\"", "\"dir\":\"../../etc\"").getBytes(StandardCharsets.UTF_8));
    assertRefused("no manifest in it has all of its files", tar);
  }

  @Test
  void names_longer_than_a_header_holds_are_read() throws IOException {
    String directory = "d".repeat(150);
    String manifest = FIRST.replace("\"dir\":\"0\"", "\"dir\":\"" + directory + "\"");
    String name = directory + "/cpu/0000.parquet";
    ByteArrayOutputStream gnu = new ByteArrayOutputStream();
    special(gnu, 'L', (name + "\0").getBytes(StandardCharsets.UTF_8));
    file(gnu, "short", older);
    file(gnu, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        4,
        TarRecordings.open(archive(gnu.toByteArray())).recordings().get(0).tables().get(0).rows());
    ByteArrayOutputStream pax = new ByteArrayOutputStream();
    String record = " path=" + name + "\n";
    special(pax, 'x', ((record.length() + 3) + record).getBytes(StandardCharsets.UTF_8));
    file(pax, "short", older);
    file(pax, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        4,
        TarRecordings.open(archive(pax.toByteArray())).recordings().get(0).tables().get(0).rows());
  }

  private byte[] streamed() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    file(tar, "0/cpu/0000.parquet", older);
    file(tar, "manifest.json", FIRST.getBytes(StandardCharsets.UTF_8));
    file(tar, "0/cpu/0001.parquet", newer);
    file(tar, "manifest.json", SECOND.getBytes(StandardCharsets.UTF_8));
    tar.write(new byte[1024]);
    return tar.toByteArray();
  }

  private void assertRefused(String why, ByteArrayOutputStream tar) throws IOException {
    Path path = archive(tar.toByteArray());
    IOException e = assertThrows(IOException.class, () -> TarRecordings.open(path));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
  }

  private Path archive(byte[] tar) throws IOException {
    return Files.write(folder.resolve("a.rez"), tar);
  }

  private static void file(ByteArrayOutputStream tar, String name, byte[] bytes)
      throws IOException {
    tar.write(TarHeader.of(name, bytes.length));
    tar.write(bytes);
    tar.write(new byte[(512 - bytes.length % 512) % 512]);
  }

  private static void special(ByteArrayOutputStream tar, char type, byte[] bytes)
      throws IOException {
    byte[] header = TarHeader.of("././@LongLink", bytes.length);
    long sum = Long.parseLong(new String(header, 148, 6, StandardCharsets.US_ASCII), 8);
    header[156] = (byte) type;
    String digits = Long.toOctalString(sum + type - '0');
    digits = "0".repeat(6 - digits.length()) + digits;
    System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, header, 148, 6);
    tar.write(header);
    tar.write(bytes);
    tar.write(new byte[(512 - bytes.length % 512) % 512]);
  }
}

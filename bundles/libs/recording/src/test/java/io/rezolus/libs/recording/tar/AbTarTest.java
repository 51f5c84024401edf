package io.rezolus.libs.recording.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.combine.Made;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbTarTest {
  private static final AbPair PAIR =
      new AbPair(
          1, new AbPair.Side("old", List.of("old")), new AbPair.Side("new", List.of("new")), null);

  @TempDir private Path folder;
  private Path baseline;
  private Path experiment;
  private Path tar;

  @BeforeEach
  void setUp() throws IOException {
    Made made = new Made(folder);
    made.service("b.parquet", "old", null, 1, 2, 3);
    made.service("e.parquet", "new", null, 5, 6);
    baseline = folder.resolve("b.parquet");
    experiment = folder.resolve("e.parquet");
    tar = folder.resolve("p.parquet.ab.tar");
  }

  @Test
  void what_is_written_is_read_baseline_first() throws IOException {
    AbTar.write(tar, PAIR, baseline, experiment);
    assertTrue(AbTar.isPair(tar));
    assertFalse(TarRecordings.isArchive(tar));
    try (AbTar pair = AbTar.open(tar)) {
      assertEquals(PAIR, pair.pair());
      assertEquals(RecordingFormat.AB_TAR, pair.format());
      assertEquals("old", pair.recordings().get(0).name());
      assertEquals(3, pair.recordings().get(0).tables().get(0).rows());
      assertEquals(2, pair.recordings().get(1).tables().get(0).rows());
      assertEquals("new", pair.recordings().get(1).metadata().get("source"));
    }
  }

  @Test
  void the_recordings_are_in_it_byte_for_byte_and_the_tar_is_the_same_each_time()
      throws IOException {
    AbTar.write(tar, PAIR, baseline, experiment);
    byte[] first = Files.readAllBytes(tar);
    AbTar.write(tar, PAIR, baseline, experiment);
    assertArrayEquals(first, Files.readAllBytes(tar));
    TarContents contents = TarContents.read(tar);
    assertEquals(
        List.of("baseline.parquet", "experiment.parquet", "ab.json"),
        contents.entries().stream().map(TarEntry::name).toList());
    assertArrayEquals(
        Files.readAllBytes(experiment), contents.bytes(contents.entries().get(1), 1 << 20));
    String json =
        new String(contents.bytes(contents.entries().get(2), 1 << 20), StandardCharsets.UTF_8);
    assertTrue(json.contains("\"version\": 1"), json);
    assertFalse(json.contains("category"), json);
  }

  @Test
  void an_ordinary_tar_program_can_list_it() throws Exception {
    AbTar.write(tar, PAIR, baseline, experiment);
    Process process =
        new ProcessBuilder("tar", "-tvf", tar.toString()).redirectErrorStream(true).start();
    String listing = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), listing);
    assertEquals(3, listing.lines().filter(line -> line.startsWith("-rw-r--r-- 0/0")).count());
  }

  @Test
  void one_that_was_cut_off_or_says_nothing_is_refused() throws IOException {
    AbTar.write(tar, PAIR, baseline, experiment);
    byte[] whole = Files.readAllBytes(tar);
    Files.write(tar, Arrays.copyOf(whole, whole.length - 2048));
    IOException e = assertThrows(IOException.class, () -> AbTar.open(tar));
    assertTrue(e.getMessage().contains("ab.json"), e.getMessage());
    AbTar.write(tar, new AbPair(2, PAIR.baseline(), PAIR.experiment(), "x"), baseline, experiment);
    e = assertThrows(IOException.class, () -> AbTar.open(tar));
    assertTrue(e.getMessage().contains("version 2"), e.getMessage());
  }

  @Test
  void a_missing_recording_leaves_the_target_as_it_was() throws IOException {
    Files.writeString(tar, "before");
    assertThrows(IOException.class, () -> AbTar.write(tar, PAIR, baseline, folder.resolve("none")));
    assertEquals("before", Files.readString(tar));
  }
}

package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.rez.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveCommandsTest {
  @TempDir Path dir;

  @Test
  void json_equals_what_upstream_prints_of_the_same_archive() throws IOException {
    Path file = TestRecording.copy("upstream/recorded.rez", dir);
    Path expected = TestRecording.real("upstream/metadata-recorded.rez.json");
    CommandRun run = CommandRun.of("metadata", "-i", file, "--json").succeeds();
    assertEquals(
        JsonParser.parseString(Files.readString(expected)), JsonParser.parseString(run.out()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"recorded.rez", "killed.rez", "hindsight-dump.rez"})
  void text_says_what_upstream_says_of_the_same_archive(String name) throws IOException {
    Path file = TestRecording.copy("upstream/" + name, dir);
    if (name.startsWith("killed")) {
      TestRecording.copy("upstream/" + name + "-wal", dir);
    }
    Path expected = TestRecording.real("upstream/metadata-" + name + ".txt");
    List<String> before = files();
    CommandRun run = CommandRun.of("metadata", "-i", file).succeeds();
    assertEquals(words(Files.readString(expected)), words(run.out()));
    assertEquals(before, files());
  }

  /** Without how far apart words are, and without how a recording that was killed is called. */
  private static List<String> words(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      String squeezed = line.strip().replaceAll("\\s+", " ");
      if (!squeezed.isEmpty()) {
        lines.add(squeezed.startsWith("! not") ? "! not" : squeezed);
      }
    }
    return lines;
  }

  @Test
  void metadata_of_a_tar_is_its_manifest() {
    Path file = TestArchive.tar(dir);
    String json = CommandRun.of("metadata", "-i", file, "--json").succeeds().out();
    assertEquals(2, JsonParser.parseString(json).getAsJsonObject().get("version").getAsInt());
    List<String> lines = words(CommandRun.of("metadata", "-i", file, "--schema").succeeds().out());
    assertEquals(
        List.of(
            ".rez archive v2 (tar) — 1 recording(s)",
            "recording cache [host=h, source=cache]",
            "clock anchor 2023-11-14T22:13:20.000Z",
            "cpu_usage 10 rows ~1.000s",
            "hits 10 rows ~1.000s",
            "idle 0 rows —"),
        lines);
    CommandRun.of("metadata", "-i", file, "--field", "source").fails(2, "is an archive");
  }

  @Test
  void upgrades_a_tar_with_its_segments_as_they_are() throws IOException, SQLException {
    Path old = TestArchive.tar(dir);
    byte[] before = Files.readAllBytes(old);
    Path output = dir.resolve("new.rez");
    assertEquals("", CommandRun.of("upgrade", old, "-o", output).succeeds().out());
    assertArrayEquals(before, Files.readAllBytes(old));
    RecordingCatalog upgraded = RezCatalog.read(output).recordings().get(0);
    assertEquals("cache", upgraded.metadata().get("source"));
    assertEquals("h", upgraded.labels().get("host"));
    assertEquals(TestRecording.START, upgraded.clockAnchorNanos());
    assertTrue(upgraded.complete());
    assertEquals(List.of("cpu_usage", "hits"), tables(output));
    assertArrayEquals(TestArchive.segment(dir, "hits"), segment(output, "hits"));
    CommandRun.of("upgrade", old).succeeds();
    assertEquals(List.of("cpu_usage", "hits"), tables(old));
    CommandRun.of("upgrade", old).fails(1, "version 3 already");
    assertEquals(List.of("new.rez", "old.rez"), files());
  }

  @Test
  void only_archives_of_earlier_versions_are_upgraded() throws IOException {
    Path parquet = TestRecording.ofService().write(dir.resolve("a.rez"));
    CommandRun.of("upgrade", parquet).fails(1, "not an archive of version 1 or 2");
    CommandRun.of("upgrade", dir.resolve("none")).fails(1, "no such file");
    Path tar = TestArchive.tar(dir);
    Files.write(tar, java.util.Arrays.copyOf(Files.readAllBytes(tar), 2000));
    byte[] before = Files.readAllBytes(tar);
    CommandRun.of("upgrade", tar).fails(1, "old.rez");
    assertArrayEquals(before, Files.readAllBytes(tar));
  }

  @Test
  void filter_keeps_the_tables_of_named_samplers() throws IOException {
    for (Path file : List.of(TestArchive.sqlite(dir), TestArchive.tar(dir))) {
      Path output = dir.resolve("out.rez");
      byte[] before = Files.readAllBytes(file);
      CommandRun.of("filter", file, "--samplers", "hits", "-o", output).succeeds();
      assertEquals(List.of("hits"), tables(output));
      assertArrayEquals(before, Files.readAllBytes(file));
      CommandRun.of("filter", file, "--samplers", "cpu_usage,hits").succeeds();
      assertEquals(List.of("cpu_usage", "hits"), tables(file));
      CommandRun.of("filter", file, "--samplers", " hits ").succeeds();
      assertEquals(List.of("hits"), tables(file));
      try (RezFile archive = RezFile.open(file)) {
        assertEquals(
            TestRecording.ROWS, archive.recordings().get(0).tables().get(0).timestamps(0).length);
      }
    }
  }

  @Test
  void a_filter_that_would_empty_an_archive_is_refused() throws IOException {
    for (Path file : List.of(TestArchive.sqlite(dir), TestArchive.tar(dir))) {
      byte[] before = Files.readAllBytes(file);
      CommandRun.of("filter", file, "--samplers", "").fails(2, "--samplers names none");
      CommandRun.of("filter", file, "--samplers", "hits,hit")
          .fails(1, "has no sampler hit; it has cpu_usage, hits", "nothing was changed");
      CommandRun.of("filter", file).fails(2, "--samplers");
      CommandRun.of("filter", file, "--samplers", "hits", "--queries", file).fails(2);
      assertArrayEquals(before, Files.readAllBytes(file));
    }
    CommandRun.of("filter", TestArchive.tar(dir), "--samplers", "idle").fails(1, "no row");
    Path parquet = TestRecording.ofService().write(dir.resolve("a.parquet"));
    CommandRun.of("filter", parquet, "--samplers", "hits").fails(2, "--samplers is for archives");
  }

  @Test
  void annotate_puts_indicators_into_every_recording_and_leaves_segments_alone()
      throws IOException, SQLException {
    Path kpis = Files.writeString(dir.resolve("kpis.json"), AnnotateCommandTest.KPIS);
    for (Path file : List.of(TestArchive.sqlite(dir), TestArchive.tar(dir))) {
      CommandRun.of("annotate", file, "--queries", kpis).succeeds().says("data for 1 of 5");
      RecordingCatalog recording = RezCatalog.read(file).recordings().get(0);
      ServiceExtension service =
          ServiceExtension.parse(recording.metadata().get(ServiceExtension.KEY));
      assertTrue(service.kpis().get(0).available());
      assertFalse(service.kpis().get(3).available());
      assertEquals("cache", recording.metadata().get("source"));
      assertArrayEquals(TestArchive.segment(dir, "hits"), segment(file, "hits"));
    }
  }

  @Test
  void annotate_of_an_archive_refuses_other_options_and_indicators_without_data()
      throws IOException {
    Path kpis = dir.resolve("kpis.json");
    Files.writeString(
        kpis,
        "{\"service_name\":\"s\",\"kpis\":["
            + AnnotateCommandTest.kpi("A", "gauge", "nothing")
            + "]}");
    for (Path file : List.of(TestArchive.sqlite(dir), TestArchive.tar(dir))) {
      byte[] before = Files.readAllBytes(file);
      CommandRun.of("annotate", file).fails(2, "takes --queries");
      CommandRun.of("annotate", file, "--node", "n").fails(2, "takes --queries");
      CommandRun.of("annotate", file, "--queries", kpis, "--node", "n").fails(2, "no other option");
      CommandRun.of("annotate", file, "--queries", kpis, "--filter").fails(2, "no other option");
      CommandRun.of("annotate", file, "--queries", kpis).fails(1, "no data for any indicator");
      assertArrayEquals(before, Files.readAllBytes(file));
    }
  }

  @Test
  void snapshot_copies_a_killed_recording_with_every_row() throws IOException {
    Path file = TestRecording.copy("upstream/killed.rez", dir);
    Path wal = TestRecording.copy("upstream/killed.rez-wal", dir);
    byte[] before = Files.readAllBytes(wal);
    Path output = dir.resolve("copy.rez");
    CommandRun.of("snapshot", file, "-o", output).succeeds().says(" rows of ");
    assertEquals(RezCatalog.read(file).rows(), RezCatalog.read(output).rows());
    assertArrayEquals(before, Files.readAllBytes(wal));
    CommandRun.of("snapshot", file, "-o", output).fails(1, "exists already");
    CommandRun.of("snapshot", file, "-o", output, "--force").succeeds();
    CommandRun.of("snapshot", file, "-o", file, "--force").fails(1, "is the input itself");
    CommandRun.of("snapshot", TestArchive.tar(dir), "-o", output).fails(1, "not an archive");
    CommandRun.of("snapshot", file).fails(2, "--output");
  }

  private static List<String> tables(Path file) throws IOException {
    return RezCatalog.read(file).recordings().get(0).tables().stream()
        .map(TableCatalog::name)
        .toList();
  }

  private static byte[] segment(Path file, String table) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var query = connection.prepareStatement("SELECT bytes FROM segments WHERE sampler = ?")) {
      query.setString(1, table);
      try (var row = query.executeQuery()) {
        assertTrue(row.next());
        return row.getBytes(1);
      }
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

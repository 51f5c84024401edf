package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.metadata.Kpi;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotateCommandTest {
  static final String KPIS =
      "{\"service_name\":\"cache\",\"aliases\":[\"kv\"],\"kpis\":["
          + kpi("Hits", "delta_counter", "sum(irate(hits[5s]))")
          + ","
          + kpi("Latency", "histogram", "latency{source=\\\"cache\\\"}")
          + ","
          + kpi("Spread", "histogram\",\"subtype\":\"buckets", "latency")
          + ","
          + kpi("Silent", "gauge", "silent")
          + ","
          + kpi("Absent", "gauge", "absent_one / absent_two")
          + "]}";

  @TempDir Path dir;
  private Path file;
  private Path kpis;

  static String kpi(String title, String type, String query) {
    return "{\"role\":\"r\",\"title\":\"%s\",\"type\":\"%s\",\"query\":\"%s\"}"
        .formatted(title, type, query);
  }

  @BeforeEach
  void record() throws IOException {
    file = TestRecording.ofService().key("owner", "me").write(dir.resolve("run.parquet"));
    kpis = Files.writeString(dir.resolve("kpis.json"), KPIS);
  }

  @Test
  void marks_each_indicator_with_whether_there_is_data() {
    CommandRun run = CommandRun.of("annotate", file, "--queries", kpis).succeeds();
    assertEquals("", run.out());
    run.says("data for 3 of 5 indicators of cache");
    run.says("without data: absent_one, absent_two, silent");
    ServiceExtension service = ServiceExtension.parse(TestRecording.key(file, "service_queries"));
    assertEquals(
        List.of(true, true, true, false, false),
        service.kpis().stream().map(Kpi::available).toList());
    assertEquals("me", TestRecording.key(file, "owner"));
    assertEquals(7, TestRecording.columns(file).size());
  }

  @Test
  void without_data_for_any_indicator_the_file_is_untouched() throws IOException {
    Files.writeString(
        kpis, "{\"service_name\":\"s\",\"kpis\":[" + kpi("A", "gauge", "nothing") + "]}");
    byte[] before = Files.readAllBytes(file);
    CommandRun.of("annotate", file, "--queries", kpis, "--node", "n")
        .fails(1, "no data for any indicator of s");
    assertUntouched(before);
  }

  @Test
  void an_indicator_whose_query_is_not_valid_has_no_data() throws IOException {
    Files.writeString(
        kpis,
        "{\"service_name\":\"s\",\"kpis\":["
            + kpi("Bad", "gauge", "sum(")
            + ","
            + kpi("Good", "gauge", "hits")
            + "]}");
    CommandRun.of("annotate", file, "--queries", kpis).succeeds().says("indicator \"Bad\"");
    List<Kpi> stored = ServiceExtension.parse(TestRecording.key(file, "service_queries")).kpis();
    assertEquals(List.of(false, true), stored.stream().map(Kpi::available).toList());
  }

  @Test
  void indicators_that_cannot_be_read_are_one_line() throws IOException {
    byte[] before = Files.readAllBytes(file);
    CommandRun.of("annotate", file, "--queries", dir.resolve("none")).fails(1, "no such file");
    Files.writeString(kpis, "{'a'");
    CommandRun.of("annotate", file, "--queries", kpis).fails(1, "kpis.json: not JSON");
    Files.writeString(kpis, "{\"service_name\":\"s\",\"kpis\":[{}]}");
    CommandRun.of("annotate", file, "--queries", kpis).fails(1, "kpis[0]: \"role\" is missing");
    Files.writeString(
        kpis, "{\"service_name\":\"s\",\"category\":true,\"members\":[\"a\",\"b\"],\"kpis\":[]}");
    CommandRun.of("annotate", file, "--queries", kpis).fails(1, "a category");
    assertUntouched(before);
  }

  @Test
  void the_template_of_the_source_is_used_also_by_alias_and_of_a_combined_file()
      throws IOException {
    Path templates = Files.createDirectory(dir.resolve("templates"));
    Files.writeString(templates.resolve("cache.json"), KPIS);
    CommandRun.of("annotate", file, "--templates", templates).succeeds().says("data for 3 of 5");
    Path alias = TestRecording.ofService().key("source", "kv").write(dir.resolve("b.parquet"));
    CommandRun.of("annotate", alias, "--templates", templates).succeeds().says("data for 3 of 5");
    Path combined =
        TestRecording.ofService()
            .key("source", "[\"cache\",\"rezolus\"]")
            .write(dir.resolve("c.parquet"));
    CommandRun.of("annotate", combined, "--templates", templates).succeeds();
    assertTrue(TestRecording.key(combined, "service_queries").contains("\"cache\""));
  }

  @Test
  void without_a_source_or_a_template_for_it_it_fails() throws IOException {
    Path templates = Files.createDirectory(dir.resolve("templates"));
    CommandRun.of("annotate", file, "--templates", templates)
        .fails(1, "no template fits the source cache");
    CommandRun.of("annotate", file, "--templates", dir.resolve("none")).fails(1, "no such file");
    Path unnamed =
        new TestRecording().counter("hits", Map.of()).write(dir.resolve("unnamed.parquet"));
    CommandRun.of("annotate", unnamed, "--templates", templates).fails(1, "names no source");
    CommandRun.of("annotate", dir.resolve("gone.parquet")).fails(1, "gone.parquet: no such file");
  }

  @Test
  void undo_takes_indicators_out_and_only_warns_when_there_are_none() {
    CommandRun.of("annotate", file, "--queries", kpis).succeeds();
    CommandRun.of("annotate", file, "--undo", "--node", "n1").succeeds().says("removed");
    assertNull(TestRecording.key(file, "service_queries"));
    assertEquals("n1", TestRecording.key(file, "node"));
    CommandRun.of("annotate", file, "--undo", "--templates", dir).succeeds().says("warning: ");
  }

  @Test
  void options_that_contradict_each_other_are_usage_errors() {
    CommandRun.of("annotate", file, "--undo", "--filter").fails(2, "--undo", "--filter");
    CommandRun.of("annotate", file, "--undo", "--queries", kpis).fails(2, "--queries");
    CommandRun.of("annotate", file, "--undo", "--source", "a").fails(2, "--source");
    CommandRun.of("annotate", file, "--undo", "--systeminfo", "a").fails(2, "--systeminfo");
    CommandRun.of("annotate", file, "--undo", "--add-events", "a").fails(2, "--add-events");
    CommandRun.of("annotate", file, "--undo", "--event", "a").fails(2, "--event");
    CommandRun.of("annotate", file, "--undo", "--clear-events").fails(2, "--clear-events");
    CommandRun.of("annotate", file, "--overwrite").fails(2, "--overwrite needs --source");
    CommandRun.of("annotate", file, "--systeminfo", "-", "--add-events", "-")
        .fails(2, "standard input");
    CommandRun.of("annotate", file, "--node", "a", "--node", "b").fails(2, "--node");
    CommandRun.of("annotate").fails(2, "FILE");
  }

  @Test
  void node_and_systeminfo_are_set_and_replaced_without_touching_samples() throws IOException {
    Path real = TestRecording.copy("recordings/simple_capture.parquet", dir);
    ParquetRecording before = TestRecording.open(real);
    CommandRun.withInput("{\"os\": \"linux\"}", "annotate", real, "--systeminfo", "-").succeeds();
    Path info = Files.writeString(dir.resolve("info.json"), "[1]");
    CommandRun.of("annotate", real, "--node", "web1", "--systeminfo", info).succeeds();
    ParquetRecording after = TestRecording.open(real);
    Map<String, String> expected = new TreeMap<>(before.metadata());
    expected.put("node", "web1");
    expected.put("systeminfo", "[1]");
    assertEquals(expected, after.metadata());
    assertEquals(before.fields(), after.fields());
    for (int part = 0; part < before.file().rowGroups(); part++) {
      for (int i = 0; i < before.fields().size(); i++) {
        if (before.fields().get(i).type() != ArrowField.Type.UINT64_LIST) {
          assertArrayEquals(
              before.file().readLongs(part, i).values(), after.file().readLongs(part, i).values());
        }
      }
    }
    Files.writeString(info, "{os: linux}");
    CommandRun.of("annotate", real, "--systeminfo", info).fails(1, "info.json: not JSON");
  }

  @Test
  void a_source_is_replaced_only_when_told_and_then_everywhere() throws IOException {
    String perSource = "{\"cache\":{\"role\":\"service\"},\"rezolus\":{\"n\":1}}";
    file =
        TestRecording.ofService()
            .key("per_source_metadata", perSource)
            .write(dir.resolve("run.parquet"));
    byte[] before = Files.readAllBytes(file);
    CommandRun.of("annotate", file, "--source", "cache").succeeds().says("nothing to change");
    assertUntouched(before);
    CommandRun.of("annotate", file, "--source", "kv").fails(1, "--overwrite");
    assertUntouched(before);
    CommandRun.of("annotate", file, "--source", "rezolus", "--overwrite")
        .fails(1, "already knows another source called rezolus");
    assertUntouched(before);
    CommandRun.of("annotate", file, "--source", "kv", "--overwrite").succeeds();
    assertEquals("kv", TestRecording.key(file, "source"));
    assertEquals(
        "{\"kv\":{\"role\":\"service\"},\"rezolus\":{\"n\":1}}",
        TestRecording.key(file, "per_source_metadata"));
    assertEquals(
        List.of("rezolus", "kv", "kv", "kv", "kv"),
        TestRecording.open(file).fields().stream()
            .map(field -> field.metadata().get("source"))
            .filter(source -> source != null)
            .toList());
  }

  @Test
  void a_source_is_set_where_there_is_none_and_not_where_there_are_several() {
    Path unnamed = new TestRecording().counter("a", Map.of()).write(dir.resolve("a.parquet"));
    CommandRun.of("annotate", unnamed, "--source", "cache").succeeds();
    assertEquals("cache", TestRecording.key(unnamed, "source"));
    Path several =
        new TestRecording()
            .key("source", "[\"a\",\"b\"]")
            .counter("a", Map.of())
            .write(dir.resolve("b.parquet"));
    CommandRun.of("annotate", several, "--source", "c", "--overwrite").fails(1, "several sources");
  }

  @Test
  void indicators_are_asked_by_the_name_that_the_source_gets() throws IOException {
    Files.writeString(
        kpis,
        "{\"service_name\":\"kv\",\"kpis\":["
            + kpi("Hits", "gauge", "hits{source=\\\"kv\\\"}")
            + "]}");
    CommandRun.of("annotate", file, "--queries", kpis).fails(1, "no data");
    CommandRun.of("annotate", file, "--queries", kpis, "--source", "kv", "--overwrite").succeeds();
    CommandRun.of("annotate", file, "--queries", kpis).succeeds().says("data for 1 of 1");
  }

  @Test
  void filters_after_the_indicators_are_in() {
    CommandRun.of("annotate", file, "--queries", kpis, "--filter").succeeds();
    assertEquals(
        List.of("timestamp", "duration", "1x0", "hits", "latency:buckets", "silent"),
        TestRecording.columns(file));
    assertFalse(TestRecording.key(file, "service_queries").isEmpty());
  }

  @Test
  void nothing_is_left_beside_the_file_and_a_link_stays_a_link() throws IOException {
    Path link = Files.createSymbolicLink(dir.resolve("link.parquet"), file);
    CommandRun.of("annotate", link, "--node", "n1").succeeds();
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("n1", TestRecording.key(file, "node"));
    try (var files = Files.list(dir)) {
      assertEquals(List.of(kpis, link, file), files.sorted().toList());
    }
  }

  private void assertUntouched(byte[] before) throws IOException {
    assertArrayEquals(before, Files.readAllBytes(file));
  }
}

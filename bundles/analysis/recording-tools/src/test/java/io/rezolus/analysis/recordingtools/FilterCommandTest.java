package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterCommandTest {
  private static final List<String> HITS = List.of("timestamp", "duration", "1x0", "hits");

  @TempDir Path dir;

  @Test
  void keeps_times_agents_and_what_indicators_read_and_trims_descriptions() throws IOException {
    Path file = TestRecording.ofService().write(dir.resolve("run.parquet"));
    byte[] before = Files.readAllBytes(file);
    Path output = dir.resolve("small.parquet");
    CommandRun run =
        CommandRun.of("filter", file, "--queries", kpis("sum(rate(hits[5s]))"), "-o", output)
            .succeeds();
    assertEquals("", run.out());
    run.says("4 of 7 columns are kept");
    assertEquals(HITS, TestRecording.columns(output));
    assertEquals(
        "{\"cpu_usage\":\"time\",\"hits\":\"requests\"}",
        TestRecording.key(output, "descriptions"));
    assertArrayEquals(before, Files.readAllBytes(file));
    CommandRun.of("filter", file, "--queries", kpis("hits")).succeeds();
    assertEquals(HITS, TestRecording.columns(file));
  }

  @Test
  void matches_by_name_by_the_part_before_a_colon_by_metric_and_by_labels() throws IOException {
    assertEquals(List.of("latency:buckets"), keptBy("histogram_count(latency)"));
    assertEquals(List.of("latency:buckets"), keptBy("{__name__=\\\"latency:buckets\\\"}"));
    assertEquals(List.of("x7"), keptBy("depth"));
    assertEquals(List.of("latency:buckets", "x7"), keptBy("{__name__=~\\\"lat.*|depth\\\"}"));
    assertEquals(List.of("x7"), keptBy("{queue=\\\"a\\\"}"));
    assertEquals(List.of("latency:buckets", "x7"), keptBy("latency / on() depth"));
  }

  private List<String> keptBy(String query) throws IOException {
    Path file =
        new TestRecording()
            .key("source", "cache")
            .histogram("latency:buckets", Map.of())
            .counter("x7", Map.of("metric", "depth", "queue", "a"))
            .counter("x8", Map.of("metric", "other"))
            .write(dir.resolve("names.parquet"));
    CommandRun.of("filter", file, "--queries", kpis(query)).succeeds();
    List<String> columns = TestRecording.columns(file);
    return columns.subList(2, columns.size());
  }

  @Test
  void what_describes_a_column_goes_with_it() throws IOException {
    Path file =
        new TestRecording()
            .counter(":wall_offset", Map.of())
            .counter("a", Map.of())
            .counter("a:window_begin", Map.of())
            .counter("b", Map.of())
            .counter("b:window_begin", Map.of())
            .write(dir.resolve("windows.parquet"));
    CommandRun.of("filter", file, "--queries", kpis("a")).succeeds();
    assertEquals(
        List.of("timestamp", "duration", ":wall_offset", "a", "a:window_begin"),
        TestRecording.columns(file));
  }

  @Test
  void columns_of_an_agent_without_a_source_label_stay() throws IOException {
    Path real = TestRecording.copy("recordings/demo.parquet", dir);
    List<String> before = TestRecording.columns(real);
    CommandRun.of("filter", real, "--queries", kpis("none_of_these")).succeeds().says("warning");
    assertEquals(before, TestRecording.columns(real));
    Path renamed =
        new TestRecording()
            .key("source", "[\"cache\",\"localhost-4241\"]")
            .key("per_source_metadata", "{\"localhost-4241\":{\"sampler_status\":[]},\"cache\":{}}")
            .counter("cpu", Map.of("source", "localhost-4241"))
            .counter("x", Map.of("source", "cache"))
            .counter("9", Map.of("sampler", "cpu_usage"))
            .write(dir.resolve("renamed.parquet"));
    CommandRun.of("filter", renamed, "--queries", kpis("none")).succeeds();
    assertEquals(List.of("timestamp", "duration", "cpu", "9"), TestRecording.columns(renamed));
  }

  @Test
  void a_filter_that_would_keep_no_metric_is_refused() throws IOException {
    Path file =
        new TestRecording()
            .key("source", "cache")
            .counter("hits", Map.of("source", "cache"))
            .write(dir.resolve("run.parquet"));
    byte[] before = Files.readAllBytes(file);
    CommandRun.of("filter", file, "--queries", kpis("misses")).fails(1, "no metric at all");
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void indicators_come_from_the_recording_at_either_depth_or_from_templates() throws IOException {
    String service = Files.readString(kpis("hits"));
    Path own = TestRecording.ofService().key("service_queries", service).write(dir.resolve("a"));
    Path shallow =
        TestRecording.ofService()
            .key("per_source_metadata", "{\"cache\":{\"service_queries\":" + service + "}}")
            .write(dir.resolve("b"));
    Path deep =
        TestRecording.ofService()
            .key("per_source_metadata", "{\"cache\":{\"0\":{\"service_queries\":" + service + "}}}")
            .write(dir.resolve("c"));
    for (Path file : List.of(own, shallow, deep)) {
      CommandRun.of("filter", file).succeeds();
      assertEquals(HITS, TestRecording.columns(file));
    }
    Path templates = Files.createDirectory(dir.resolve("templates"));
    Files.writeString(templates.resolve("cache.json"), service);
    Path file = TestRecording.ofService().write(dir.resolve("d"));
    CommandRun.of("filter", file, "--templates", templates).succeeds();
    assertEquals(HITS, TestRecording.columns(file));
  }

  @Test
  void without_indicators_or_with_broken_ones_the_file_is_untouched() throws IOException {
    Path file = TestRecording.ofService().write(dir.resolve("run.parquet"));
    byte[] before = Files.readAllBytes(file);
    Path templates = Files.createDirectory(dir.resolve("templates"));
    CommandRun.of("filter", file, "--templates", templates).fails(1, "use --queries");
    CommandRun.of("filter", file, "--queries", kpis("sum(")).fails(1, "its query is not valid");
    CommandRun.of("filter", file, "--queries", kpis("hits"), "-o", dir.resolve("no/such/place"))
        .fails(1, "no/such: no such folder");
    assertArrayEquals(before, Files.readAllBytes(file));
    CommandRun.of("filter", dir.resolve("none")).fails(1, "none: no such file");
  }

  private Path kpis(String query) throws IOException {
    return Files.writeString(
        dir.resolve("kpis.json"),
        "{\"service_name\":\"cache\",\"kpis\":["
            + AnnotateCommandTest.kpi("K", "gauge", query)
            + "]}");
  }
}

package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.tar.AbTar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CombineCommandTest {
  @TempDir private Path folder;
  private Path a;
  private Path b;
  private Path output;

  @BeforeEach
  void setUp() {
    a = agent("a");
    b = agent("b");
    output = folder.resolve("out.parquet");
  }

  @Test
  void two_nodes_are_joined_and_said_to_be() {
    ToolRun.combine(a, b, "-o", output, "--pinned", "b").succeeds().says("10 rows, 4 columns");
    assertEquals(
        List.of("timestamp", "duration", "a::1x0", "b::1x0"), TestRecording.columns(output));
    assertEquals("b", TestRecording.key(output, "pinned_node"));
    assertEquals("[\"rezolus\"]", TestRecording.key(output, "source"));
  }

  @Test
  void services_of_the_same_instance_have_different_column_names_and_keep_their_kpis() {
    String kpis = "{\"service_name\":\"db\",\"kpis\":[]}";
    Path db = service("db").key("service_queries", kpis).write(folder.resolve("db.parquet"));
    Path cache = service("cache").write(folder.resolve("cache.parquet"));
    ToolRun.combine(db, cache, "-o", output).succeeds();
    assertEquals(
        List.of("timestamp", "duration", "db/0::hits", "cache/0::hits"),
        TestRecording.columns(output));
    assertEquals(
        "{\"cache\":{\"0\":{\"instance\":\"0\"}},"
            + "\"db\":{\"0\":{\"instance\":\"0\",\"service_queries\":"
            + kpis
            + "}}}",
        TestRecording.key(output, "per_source_metadata"));
  }

  @Test
  void the_output_may_be_an_input() {
    ToolRun.combine(a, b, "-o", a).succeeds();
    assertEquals(List.of("timestamp", "duration", "a::1x0", "b::1x0"), TestRecording.columns(a));
  }

  @Test
  void a_failure_is_one_line_and_leaves_the_output_as_it_was() throws IOException {
    Files.writeString(output, "before");
    Path other = agent(new TestRecording().key("sampling_interval_ms", "250"), "c");
    ToolRun.combine(a, other, "-o", output).fails(1, "250 ms", a.toString());
    ToolRun.combine(a, a, "-o", output).fails(1, "second recording of node a");
    ToolRun.combine(a, folder.resolve("none"), "-o", output).fails(1, "no such file");
    Path text = Files.writeString(folder.resolve("text"), "this is a text and no recording");
    ToolRun.combine(a, text, "-o", output).fails(1, "text");
    ToolRun.combine(a, b, "-o", output, "--pinned", "z").fails(1, "no such node");
    ToolRun.combine(a, b, "-o", folder).fails(1, "a folder");
    ToolRun.combine(a, b, "-o", "/nonexistent/x.parquet").fails(1, "/nonexistent");
    assertEquals("before", Files.readString(output));
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(path -> path.toString().endsWith(".partial")));
    }
  }

  @Test
  void wrong_use_is_said_before_any_file_is_opened() {
    ToolRun.combine(a, "-o", output).fails(2, "two or more");
    ToolRun.combine(a, b).fails(2, "--output");
    ToolRun.combine(a, b, "-o", output, "--category", "x").fails(2, "--ab");
    ToolRun.combine(a, b, "-o", output, "--ab", "baseline=x", "other=y").fails(2, "experiment=");
    ToolRun.combine(a, b, "-o", output, "--ab", "baseline=x", "experiment=x").fails(2, "both x");
    ToolRun.combine(a, b, a, "-o", output, "--ab", "baseline=x", "experiment=y").fails(2, "two");
    assertFalse(Files.exists(output));
  }

  @Test
  void bypassing_the_check_of_times_is_said() {
    ToolRun.combine(a, b, "-o", output, "--bypass-time-check").succeeds().says("not checked");
  }

  @Test
  void a_pair_has_both_recordings_byte_for_byte() throws IOException {
    Path db = service("db").write(folder.resolve("db.parquet"));
    Path cache = service("cache").write(folder.resolve("cache.parquet"));
    Path tar = folder.resolve("x.parquet.ab.tar");
    ToolRun.combine(
            db, cache, "-o", tar, "--ab", "experiment=db", "baseline=cache", "--category", "kv")
        .succeeds();
    try (AbTar pair = AbTar.open(tar)) {
      assertEquals("cache", pair.pair().baseline().alias());
      assertEquals("kv", pair.pair().category());
      assertEquals("cache", pair.recordings().get(0).metadata().get("source"));
    }
    byte[] bytes = Files.readAllBytes(tar);
    byte[] first = Files.readAllBytes(cache);
    assertArrayEquals(first, java.util.Arrays.copyOfRange(bytes, 512, 512 + first.length));
  }

  @Test
  void a_pair_names_sources_that_are_there_once() {
    Path db = service("db").write(folder.resolve("db.parquet"));
    Path tar = folder.resolve("x.parquet.ab.tar");
    ToolRun.combine(a, b, "-o", tar, "--ab", "baseline=rezolus", "experiment=db")
        .fails(1, "rezolus: a source of", a.toString(), b.toString());
    ToolRun.combine(a, db, "-o", tar, "--ab", "baseline=rezolus", "experiment=z")
        .fails(1, "z: not a source");
    assertFalse(Files.exists(tar));
    ToolRun.combine(a, db, "-o", a, "--ab", "baseline=rezolus", "experiment=db")
        .fails(1, "one of the inputs");
  }

  @Test
  void archives_are_joined_and_not_with_parquet() throws IOException {
    Path rez = TestRecording.copy("upstream/recorded.rez", folder);
    Path dump = TestRecording.copy("upstream/hindsight-dump.rez", folder);
    Path both = folder.resolve("both.rez");
    ToolRun.combine(rez, a, "-o", both).fails(1, "cannot be combined");
    ToolRun.combine(rez, dump, "-o", both, "--pinned", "x").fails(2, "not for archives");
    ToolRun.combine(rez, dump, "-o", both).succeeds();
    try (RezFile file = RezFile.open(both)) {
      assertEquals(2, file.recordings().size());
    }
    ToolRun.combine(rez, dump, "-o", both).fails(1, "exists already");
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(path -> path.toString().contains(".rezolus-combine-")));
    }
  }

  @Test
  void a_failed_join_of_archives_leaves_nothing_at_the_output() throws IOException {
    Path rez = TestRecording.copy("upstream/recorded.rez", folder);
    Path broken =
        Files.write(
            folder.resolve("broken.rez"), java.util.Arrays.copyOf(Files.readAllBytes(rez), 5000));
    Path both = folder.resolve("both.rez");
    ToolRun.combine(rez, broken, "-o", both).fails(1, "broken.rez");
    assertFalse(Files.exists(both));
  }

  private Path agent(String node) {
    return agent(new TestRecording(), node);
  }

  private Path agent(TestRecording recording, String node) {
    return recording
        .key("source", "rezolus")
        .key("node", node)
        .counter("1x0", Map.of("metric", "cpu_usage", "id", "0", "sampler", "cpu_usage"))
        .write(folder.resolve(node + ".parquet"));
  }

  private static TestRecording service(String source) {
    return new TestRecording()
        .key("source", source)
        .counter("hits", Map.of("metric", "hits", "source", source));
  }
}

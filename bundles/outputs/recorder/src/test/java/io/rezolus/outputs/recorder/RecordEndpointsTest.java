package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.wire.SnapshotStream;
import io.rezolus.test.agent.SnapshotServer;
import io.rezolus.test.agent.TextServer;
import io.rezolus.wraps.parquet.Longs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordEndpointsTest {
  private static final String TEXT =
      "# HELP hits Hits.\n# TYPE hits counter\nhits %d\n# TYPE load gauge\nload 0.25\n";

  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final StopSwitch stop = new StopSwitch();
  private final List<AutoCloseable> servers = new ArrayList<>();

  @AfterEach
  void closeServers() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  @Test
  void records_prometheus_metrics_with_their_fractions() throws IOException {
    int port = text(n -> TEXT.formatted(n * 10));
    Path out = dir.resolve("web.parquet");
    assertEquals(0, run("--url", "localhost:" + port, "-o", out, "-i", "50ms", "-d", "2s"));
    ParquetRecording recording = ParquetRecording.open(out);
    assertEquals("localhost-" + port, recording.metadata().get("source"));
    assertEquals("{\"hits\":\"Hits.\"}", recording.metadata().get("descriptions"));
    RecordedColumn load = column(recording.table(), "load");
    long[] values = recording.table().values(load, 0).values();
    assertEquals(0.25, values[0] / load.valueScale());
    RecordedColumn hits = column(recording.table(), "hits");
    long[] counts = recording.table().values(hits, 0).values();
    assertEquals(10, counts[1] - counts[0]);
    assertTrue(said().contains("name it with --endpoint"), said());
  }

  @Test
  void a_url_with_a_path_is_told_by_what_it_answers() throws IOException {
    int agent = agent();
    int web = text(n -> TEXT.formatted(n));
    Path out = dir.resolve("a.parquet");
    String url = "http://localhost:" + agent + "/metrics/binary";
    assertEquals(0, run("--url", url, "-o", out, "-i", "50ms", "-d", "1s"));
    assertEquals("rezolus", ParquetRecording.open(out).metadata().get("source"));
    Path other = dir.resolve("b.parquet");
    url = "http://localhost:" + web + "/metrics";
    assertEquals(0, run("--url", url, "-o", other, "-i", "50ms", "-d", "1s"));
    assertEquals("localhost-" + web, ParquetRecording.open(other).metadata().get("source"));
  }

  @Test
  void several_endpoints_become_one_file_with_every_moment_any_has() throws IOException {
    int agent = agent();
    int web = text(n -> TEXT.formatted(n));
    Path out = dir.resolve("all.parquet");
    String first = "localhost:" + agent;
    String second = "localhost:" + web + ",source=web,role=service";
    assertEquals(
        0, run("--endpoint", first, "--endpoint", second, "-o", out, "-i", "100ms", "-d", "2s"));
    ParquetRecording recording = ParquetRecording.open(out);
    assertEquals("[\"rezolus\",\"web\"]", recording.metadata().get("source"));
    String sources = recording.metadata().get("per_source_metadata");
    assertTrue(sources.contains("\"role\":\"service\""), sources);
    assertEquals("web1", column(recording.table(), "syscall").label("node"));
    assertEquals("0", column(recording.table(), "hits").label("instance"));
    assertEquals(List.of(out), files());
  }

  @Test
  void an_endpoint_that_comes_late_cuts_nothing_from_the_others() throws Exception {
    int web = text(n -> TEXT.formatted(n));
    int late;
    try (TextServer reserved = new TextServer(n -> "")) {
      late = reserved.port();
    }
    Thread starter =
        new Thread(
            () -> {
              try {
                Thread.sleep(700);
                servers.add(new SnapshotServer(late, UnaryOperator.identity()));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    starter.start();
    Path out = dir.resolve("late.parquet");
    String first = "localhost:" + web + ",source=web";
    String second = "localhost:" + late + ",protocol=msgpack";
    assertEquals(
        0, run("--endpoint", first, "--endpoint", second, "-o", out, "-i", "100ms", "-d", "6s"));
    starter.join();
    Table table = ParquetRecording.open(out).table();
    assertTrue(present(table, column(table, "hits")) >= 8);
    assertTrue(present(table, column(table, "syscall")) >= 2);
    assertTrue(said().contains("recorded from when it answers"), said());
  }

  @Test
  void separate_files_are_named_after_their_sources_also_when_those_are_equal() throws IOException {
    int one = text(n -> TEXT.formatted(n));
    int two = text(n -> TEXT.formatted(n));
    Path out = dir.resolve("x.parquet");
    assertEquals(
        0,
        run(
            "--endpoint",
            "localhost:" + one + ",source=web",
            "--endpoint",
            "localhost:" + two + ",source=web",
            "--separate",
            "-o",
            out,
            "-i",
            "50ms",
            "-d",
            "1s"));
    assertEquals(List.of(dir.resolve("x_web.parquet"), dir.resolve("x_web_2.parquet")), files());
  }

  @Test
  void a_file_lists_the_endpoints_and_the_command_line_wins() throws IOException {
    int web = text(n -> TEXT.formatted(n));
    Path config = dir.resolve("r.toml");
    Files.writeString(
        config,
        "[recording]\noutput = \"%s\"\ninterval = \"1h\"\nspeed = 3\n[[endpoints]]\nurl = \"%s\"\n"
            .formatted(dir.resolve("c.parquet"), "http://localhost:" + web));
    assertEquals(0, run("--config", config, "-i", "50ms", "-d", "1s"));
    assertTrue(said().contains("r.toml:4: recording.speed is not known"), said());
    assertEquals(
        "50",
        ParquetRecording.open(dir.resolve("c.parquet")).metadata().get("sampling_interval_ms"));
  }

  @Test
  void a_wrong_file_is_one_line_with_its_place_and_status_1() throws IOException {
    Path config = dir.resolve("r.toml");
    assertEquals(1, run("--config", config));
    Files.writeString(config, "[recording]\noutput = 3\n");
    assertEquals(1, run("--config", config));
    assertTrue(said().contains("r.toml:2: output: expected a text"), said());
    Files.writeString(config, "[recording]\noutput = \"x\"\n[[endpoints]]\nurl = \"ftp://a\"\n");
    assertEquals(1, run("--config", config));
    assertTrue(said().contains("r.toml:4: url: ftp://a"), said());
  }

  @Test
  void an_archive_holds_every_sample_and_is_complete() throws IOException {
    int agent = agent();
    Path out = dir.resolve("r.rez");
    assertEquals(
        0, run("--url", "localhost:" + agent, "-o", out, "-i", "50ms", "-d", "2s", "-l", "a=b"));
    try (RezFile file = RezFile.open(out)) {
      assertTrue(file.recordings().get(0).complete());
      assertEquals("b", file.recordings().get(0).labels().get("a"));
      assertEquals("web1", file.recordings().get(0).labels().get("host"));
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals("demo/main", table.name());
      assertTrue(said().contains("r.rez: " + table.rows() + " samples"), said());
    }
    assertEquals(List.of(out), files());
  }

  @Test
  void an_archive_is_never_overwritten() throws IOException {
    int agent = agent();
    Path out = dir.resolve("r.rez");
    Files.writeString(out, "mine");
    assertEquals(1, run("--url", "localhost:" + agent, "-o", out));
    assertTrue(said().contains("failed to start the .rez recording"), said());
    assertEquals("mine", Files.readString(out));
  }

  @Test
  void an_archive_refuses_what_it_cannot_hold_with_status_1() throws IOException {
    int web = text(n -> TEXT.formatted(n));
    Path out = dir.resolve("r.rez");
    String url = "localhost:" + web;
    assertEquals(1, run("--endpoint", url + ",protocol=prometheus", "-o", out));
    assertEquals(1, run("--endpoint", url, "--endpoint", "localhost:1", "-o", out));
    assertEquals(1, run("--url", url, "-o", out));
    assertEquals(List.of(), files());
  }

  @Test
  void an_archive_of_a_command_that_cannot_start_is_removed() throws IOException {
    int agent = agent();
    Path out = dir.resolve("r.rez");
    assertEquals(1, run("--url", "localhost:" + agent, "-o", out, "--", "/no/such"));
    assertEquals(List.of(), files());
  }

  @Test
  void raw_is_the_snapshots_one_after_another() throws IOException {
    int agent = agent();
    Path out = dir.resolve("r.raw");
    assertEquals(
        0, run("--url", "localhost:" + agent, "-f", "raw", "-o", out, "-i", "50ms", "-d", "300ms"));
    int snapshots = 0;
    try (SnapshotStream stream = new SnapshotStream(Files.newInputStream(out))) {
      while (stream.next() != null) {
        snapshots++;
      }
    }
    assertTrue(said().contains("r.raw: " + snapshots + " sample"), said());
    assertEquals(List.of(out), files());
  }

  @Test
  void html_is_not_recorded() throws IOException {
    int web = text(n -> "<html>not found</html>");
    assertEquals(1, run("--url", "localhost:" + web, "-o", dir.resolve("x.parquet")));
    assertFalse(said().contains("Exception"), said());
    assertEquals(List.of(), files());
  }

  @Test
  void wrong_arguments_are_usage_errors() {
    assertEquals(2, run("--endpoint", "a", "--url", "b"));
    assertEquals(2, run("--endpoint", "a,speed=3"));
    assertEquals(2, run("--endpoint", "a,protocol=http"));
    assertEquals(2, run("-f", "csv"));
    assertFalse(said().contains("Exception"), said());
  }

  private int text(java.util.function.IntFunction<String> text) throws IOException {
    TextServer server = new TextServer(text);
    servers.add(server);
    return server.port();
  }

  private int agent() throws IOException {
    SnapshotServer server = new SnapshotServer(0, UnaryOperator.identity());
    servers.add(server);
    return server.port();
  }

  private int run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return RecordRun.of(stop, messages, words);
  }

  private String said() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(dir)) {
      return new ArrayList<>(new TreeSet<>(files.toList()));
    }
  }

  private static RecordedColumn column(Table table, String metric) {
    return table.columns().stream()
        .filter(column -> column.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private static int present(Table table, RecordedColumn column) throws IOException {
    int present = 0;
    for (int part = 0; part < table.parts(); part++) {
      Longs longs = table.values(column, part);
      present += longs.present().cardinality();
    }
    return present;
  }
}

package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.test.agent.SnapshotServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final StopSwitch stop = new StopSwitch();
  private SnapshotServer server;

  @AfterEach
  void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void records_for_a_duration_with_all_metadata() throws IOException {
    serve(UnaryOperator.identity());
    assertEquals(0, record("-i", "100ms", "-d", "2s", "-m", "owner=me", "--node", "n1"));
    ParquetRecording recording = ParquetRecording.open(output());
    int rows = (int) recording.table().rows();
    assertTrue(rows >= 2 && rows <= 21, rows + " rows");
    assertEquals("100", recording.metadata().get("sampling_interval_ms"));
    assertEquals("me", recording.metadata().get("owner"));
    assertEquals("5.17.1", recording.metadata().get("version"));
    assertEquals("n1", recording.metadata().get("node"));
    String sources = recording.metadata().get("per_source_metadata");
    assertTrue(sources.startsWith("{\"rezolus\":{\"n1\":{\"first_sample_ns\":"), sources);
    assertTrue(sources.contains("no BTF"), sources);
    RecordedColumn calls =
        recording.table().columns().stream()
            .filter(column -> column.metric().equals("syscall"))
            .findFirst()
            .orElseThrow();
    assertEquals("http://localhost:" + server.port() + "/", calls.label("endpoint"));
    assertEquals("rezolus", calls.label("source"));
    long[] values = recording.table().values(calls, 0).values();
    assertEquals((rows - 1) * 100, values[rows - 1] - values[0]);
    assertOnlyTheOutputIsLeft();
  }

  @Test
  void goes_on_into_the_same_file_when_the_agent_restarts() throws IOException {
    serve(UnaryOperator.identity());
    int port = server.port();
    Thread restart =
        new Thread(
            () -> {
              awaitServed(4);
              server.close();
              try {
                Thread.sleep(300);
                server = new SnapshotServer(port, UnaryOperator.identity());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
              awaitServed(3);
              stop.stop();
            });
    restart.start();
    assertEquals(0, record("-i", "50ms"));
    assertTrue(ParquetRecording.open(output()).table().rows() >= 5);
    String said = messages.toString(StandardCharsets.UTF_8);
    // once for a reset connection, once for a refused one, however many samples are missed
    assertTrue(said.lines().filter(line -> line.contains("sample missed")).count() <= 2, said);
    assertTrue(said.contains("sampling again"), said);
    assertTrue(said.contains("restarted"), said);
    String events = ParquetRecording.open(output()).metadata().get("events");
    assertTrue(events.contains("\"kind\":\"restart\""), events);
  }

  @Test
  void nobody_answering_is_one_line_and_status_1() throws IOException {
    serve(UnaryOperator.identity());
    server.close();
    assertEquals(1, record());
    String said = messages.toString(StandardCharsets.UTF_8);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("connection refused"), said);
    assertNothingIsLeft();
  }

  @Test
  void something_that_is_no_agent_is_one_line_and_status_1() throws IOException {
    serve(body -> "<html>hello</html>".getBytes(StandardCharsets.UTF_8));
    assertEquals(1, record());
    String said = messages.toString(StandardCharsets.UTF_8);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("not as a Rezolus agent"), said);
    assertNothingIsLeft();
  }

  @Test
  void a_truncated_answer_is_a_missed_sample() throws IOException {
    int[] answers = {0};
    serve(body -> ++answers[0] == 3 ? java.util.Arrays.copyOf(body, body.length / 2) : body);
    assertEquals(0, record("-i", "100ms", "-d", "2s"));
    assertTrue(ParquetRecording.open(output()).table().rows() <= 20);
    String said = messages.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("sample missed: answer is not a whole snapshot"), said);
  }

  @Test
  void a_stop_ends_a_long_interval_at_once_and_without_a_sample_leaves_no_file()
      throws IOException {
    serve(UnaryOperator.identity());
    Thread stopper =
        new Thread(
            () -> {
              awaitServed(1);
              stop.stop();
            });
    stopper.start();
    assertEquals(1, record("-i", "1h"));
    assertTrue(messages.toString(StandardCharsets.UTF_8).contains("sample"));
    assertNothingIsLeft();
  }

  @Test
  void an_output_that_cannot_be_written_is_refused_before_an_agent_is_asked() throws IOException {
    serve(UnaryOperator.identity());
    String url = "localhost:" + server.port();
    assertEquals(1, run("--url", url, "-o", dir.toString()));
    assertTrue(messages.toString(StandardCharsets.UTF_8).contains("is a directory"));
    assertEquals(1, run("--url", url, "-o", dir.resolve("no/such").toString()));
    assertTrue(messages.toString(StandardCharsets.UTF_8).contains("does not exist"));
    // nothing can be created there, whatever its permissions say
    assertEquals(1, run("--url", url, "-o", "/proc/out.parquet"));
    String said = messages.toString(StandardCharsets.UTF_8);
    assertTrue(
        said.endsWith(
            "/proc/out.parquet: cannot be recorded to: no file can be created in /proc:"
                + " no such file or folder; name a file elsewhere with --output\n"),
        said);
    assertEquals(1, run("--url", url, "-o", "/proc/out.rez"));
    said = messages.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("/proc/out.rez: cannot be recorded to: no file can be"), said);
    assertEquals(1, run("--url", url, "-o", "/proc/version/out.rez"));
    said = messages.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("its folder /proc/version is none"), said);
    assertEquals(0, server.served());
  }

  @Test
  void says_one_sample_in_the_singular() throws IOException {
    serve(UnaryOperator.identity());
    assertEquals(0, record("-i", "1h", "--", "true"));
    assertTrue(messages.toString(StandardCharsets.UTF_8).endsWith("out.parquet: 1 sample\n"));
  }

  @Test
  void passes_on_the_status_of_a_command() throws IOException {
    serve(UnaryOperator.identity());
    assertEquals(3, record("-i", "1h", "--", "sh", "-c", "exit 3"));
    assertEquals(1, ParquetRecording.open(output()).table().rows());
  }

  @Test
  void ends_a_command_and_what_it_forked_when_its_time_is_over() throws IOException {
    serve(UnaryOperator.identity());
    Path pid = dir.resolve("pid");
    String script = "sleep 200 & echo $! > " + pid + "; wait";
    assertEquals(124, record("-i", "100ms", "-d", "500ms", "--", "sh", "-c", script));
    long sleeper = Long.parseLong(Files.readString(pid).strip());
    Files.delete(pid);
    boolean running =
        ProcessHandle.of(sleeper).isPresent()
            && !Files.readString(Path.of("/proc/" + sleeper + "/stat")).contains(") Z ");
    assertFalse(running, "the forked process still runs");
    assertOnlyTheOutputIsLeft();
  }

  @Test
  void a_command_that_cannot_start_is_status_1_without_a_file() throws IOException {
    serve(UnaryOperator.identity());
    assertEquals(1, record("--", "/nonexistent/command"));
    assertEquals(1, record("--", dir.toString()));
    assertNothingIsLeft();
  }

  @Test
  void wrong_arguments_are_usage_errors() {
    assertEquals(2, run("-i", "0s"));
    assertEquals(2, run("-d", "soon"));
    assertEquals(2, run("--url", "ftp://host"));
    assertEquals(2, run("--url", "http://a", "http://b"));
    assertEquals(2, run("--rez-version", "3"));
    assertEquals(2, run("--"));
  }

  private void serve(UnaryOperator<byte[]> change) throws IOException {
    server = new SnapshotServer(0, change);
  }

  private int record(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--url", "localhost:" + server.port(), "-o", output().toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return RecordRun.of(stop, messages, arguments);
  }

  private Path output() {
    return dir.resolve("out.parquet");
  }

  private void awaitServed(int count) {
    try {
      while (server.served() < count) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertOnlyTheOutputIsLeft() throws IOException {
    try (var files = Files.list(dir)) {
      assertEquals(List.of(output()), files.toList());
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (var files = Files.list(dir)) {
      assertEquals(List.of(), files.toList());
    }
  }
}

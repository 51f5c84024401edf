package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.test.agent.SnapshotServer;
import io.rezolus.test.agent.TextServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several endpoints of which nothing but the address is different. */
@Timeout(120)
class EqualEndpointsTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final List<AutoCloseable> servers = new ArrayList<>();

  @AfterEach
  void closeServers() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  @Test
  void services_of_one_instance_are_told_apart_by_where_they_answer() throws IOException {
    int one = text();
    int two = text();
    Path out = dir.resolve("x.parquet");
    assertEquals(0, record(out, List.of(one + ",source=x", two + ",source=x"), "--instance", "i1"));
    assertEquals(Set.of("i1", "localhost-" + two), labels(out, "hits", "instance"));
  }

  @Test
  void one_service_that_is_named_twice_is_two() throws IOException {
    int one = text();
    Path out = dir.resolve("x.parquet");
    String spec = one + ",source=x";
    assertEquals(0, record(out, List.of(spec, spec, spec), "-m", "instance=i1"));
    assertEquals(
        Set.of("i1", "localhost-" + one, "localhost-" + one + "-2"),
        labels(out, "hits", "instance"));
  }

  @Test
  void agents_of_one_node_are_told_apart_whoever_names_it() throws IOException {
    int one = agent();
    int two = agent();
    List<String> specs = List.of(one + "", two + "", one + "");
    Set<String> expected = Set.of("n", "localhost-" + two, "localhost-" + one);
    for (String[] named : new String[][] {{"--node", "n"}, {"-m", "node=n"}}) {
      Path out = dir.resolve(named[0] + ".parquet");
      assertEquals(0, record(out, specs, named));
      assertEquals(expected, labels(out, "syscall", "node"));
    }
  }

  @Test
  void agents_of_another_name_and_one_instance_are_told_apart() throws IOException {
    int one = agent();
    int two = agent();
    Path out = dir.resolve("x.parquet");
    assertEquals(0, record(out, List.of(one + ",source=x", two + ",source=x"), "--instance", "i1"));
    assertEquals(Set.of("i1", "localhost-" + two), labels(out, "syscall", "instance"));
  }

  @Test
  void separate_files_never_share_a_name() throws IOException {
    List<String> specs =
        List.of(text() + ",source=x", text() + ",source=x", text() + ",source=x_2");
    assertEquals(0, record(dir.resolve("s.parquet"), specs, "--separate"));
    assertEquals(List.of("s_x.parquet", "s_x_2.parquet", "s_x_2_2.parquet"), files());
  }

  @Test
  void a_separate_file_that_cannot_be_written_is_refused_before_anything_is_recorded()
      throws IOException {
    Files.createDirectory(dir.resolve("s_x.parquet"));
    int there = text();
    int gone;
    try (TextServer reserved = new TextServer(n -> "")) {
      gone = reserved.port();
    }
    for (int port : new int[] {there, gone}) {
      List<String> specs = List.of(there + ",source=y", port + ",source=x");
      // it would go on for an hour
      assertEquals(1, record(dir.resolve("s.parquet"), specs, "--separate", "-d", "1h"));
      assertTrue(said().contains("s_x.parquet: is a directory"), said());
      assertEquals(List.of("s_x.parquet"), files());
      messages.reset();
    }
  }

  private int text() throws IOException {
    TextServer server = new TextServer(n -> "# TYPE hits counter\nhits " + n + "\n");
    servers.add(server);
    return server.port();
  }

  private int agent() throws IOException {
    SnapshotServer server = new SnapshotServer(0, UnaryOperator.identity());
    servers.add(server);
    return server.port();
  }

  private int record(Path out, List<String> specs, String... more) {
    List<String> words = new ArrayList<>(List.of("-o", out.toString(), "-i", "50ms"));
    specs.forEach(spec -> words.addAll(List.of("--endpoint", "localhost:" + spec)));
    if (!List.of(more).contains("-d")) {
      words.addAll(List.of("-d", "200ms"));
    }
    words.addAll(List.of(more));
    return RecordRun.of(new StopSwitch(), messages, words.toArray(String[]::new));
  }

  private static Set<String> labels(Path file, String metric, String label) throws IOException {
    return ParquetRecording.open(file).table().columns().stream()
        .filter(column -> column.metric().equals(metric))
        .map((RecordedColumn column) -> column.label(label))
        .collect(Collectors.toSet());
  }

  private String said() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(dir)) {
      return new ArrayList<>(
          new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
    }
  }
}

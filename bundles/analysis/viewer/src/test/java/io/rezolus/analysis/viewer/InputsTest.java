package io.rezolus.analysis.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.recording.SampleCache;
import io.rezolus.libs.recording.tar.AbPair;
import io.rezolus.libs.recording.tar.AbTar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of recording, opened and asked. */
class InputsTest {
  @TempDir Path folder;

  private final List<Capture> offered = new ArrayList<>();
  private final Inputs inputs =
      new Inputs(new SampleCache(1 << 24), Duration.ofMinutes(1), 1 << 24, offered::add);

  @AfterEach
  void close() {
    inputs.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recordings/demo.parquet",
        "recordings/simple_capture.parquet",
        "recordings/mr2-report.parquet",
        "upstream/recorded.parquet",
        "upstream/recorded.rez",
        "upstream/raw.zst",
        "upstream/killed.rez",
        "upstream/hindsight-dump.rez",
        "upstream/exporter.prom"
      })
  void a_file_of_any_kind_is_a_capture_with_samples(String name) throws Exception {
    Path file = copied(name);
    inputs.open(Input.parse("run=" + file));
    assertEquals(1, inputs.captures().size());
    Capture capture = inputs.captures().get(0);
    assertEquals("baseline", capture.id());
    assertEquals("run", capture.alias());
    assertFalse(capture.live());
    assertTrue(series(capture) > 0, name);
    assertFalse(capture.source().metrics().isEmpty());
  }

  @Test
  void a_pair_that_is_to_be_compared_is_two_captures() throws Exception {
    Path pair = folder.resolve("pair.parquet.ab.tar");
    AbTar.write(
        pair,
        new AbPair(
            1, new AbPair.Side("old", List.of("a")), new AbPair.Side("new", List.of("b")), null),
        copied("recordings/simple_capture.parquet"),
        copied("recordings/demo.parquet"));
    inputs.open(Input.parse(pair.toString()));
    assertEquals(
        List.of("baseline", "experiment"), inputs.captures().stream().map(Capture::id).toList());
    assertTrue(series(inputs.captures().get(1)) > series(inputs.captures().get(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void an_old_archive_of_several_recordings_is_as_many_captures(int version) throws Exception {
    archive(version, 3);
    inputs.open(Input.parse(folder.resolve("old.rez").toString()));
    assertEquals(
        List.of("baseline", "experiment", "capture3"),
        inputs.captures().stream().map(Capture::id).toList());
    for (Capture capture : inputs.captures()) {
      assertTrue(capture.origin().startsWith("old.rez: "), capture.origin());
      assertTrue(series(capture) > 0);
    }
  }

  @Test
  void a_recording_that_is_added_to_an_archive_is_one_more_capture() throws Exception {
    archive(2, 1);
    inputs.open(Input.parse(folder.resolve("old.rez").toString()));
    Capture first = inputs.captures().get(0);
    first.source();
    assertEquals(1, inputs.captures().size());
    archive(2, 3);
    assertTrue(series(first) > 0);
    assertEquals(
        List.of("baseline", "experiment", "capture3"),
        inputs.captures().stream().map(Capture::id).toList());
    assertEquals(inputs.captures(), offered);
    assertTrue(series(inputs.captures().get(2)) > 0);
    archive(2, 2);
    assertTrue(series(first) > 0);
    QueryException e = assertThrows(QueryException.class, () -> inputs.captures().get(2).source());
    assertTrue(e.getMessage().contains("no recording"), e.getMessage());
    assertEquals(3, inputs.captures().size());
  }

  private void archive(int version, int recordings) throws Exception {
    StringBuilder manifest = new StringBuilder("{\"version\":" + version + ",\"recordings\":[");
    List<String> command =
        new ArrayList<>(
            List.of("tar", "--format=ustar", "-cf", "new.rez", "-C", folder.toString()));
    for (int i = 0; i < recordings; i++) {
      Path segment = folder.resolve(i + "/queue/0000.parquet");
      Files.createDirectories(segment.getParent());
      Files.copy(
          copied("recordings/simple_capture.parquet"),
          segment,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      command.add(i + "/queue/0000.parquet");
      manifest
          .append(i == 0 ? "" : ",")
          .append("{\"dir\":\"" + i + "\",\"labels\":{\"host\":\"web" + i + "\"},")
          .append("\"metadata\":{},\"complete\":true,\"tables\":[{\"sampler\":\"queue\",")
          .append("\"file\":\"queue/0000.parquet\",\"columns\":[\"0\"],\"rows\":5,")
          .append("\"cadence_ns\":1000000000}]}");
    }
    Files.writeString(folder.resolve("manifest.json"), manifest + "]}");
    command.add("manifest.json");
    Process tar = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertEquals(0, tar.waitFor());
    Files.move(
        folder.resolve("new.rez"),
        folder.resolve("old.rez"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void a_file_that_vanishes_is_named_by_the_question_that_needs_it() throws Exception {
    Path file = copied("recordings/demo.parquet");
    inputs.open(Input.parse(file.toString()));
    Capture capture = inputs.captures().get(0);
    Files.delete(file);
    QueryException e = assertThrows(QueryException.class, () -> series(capture));
    assertEquals(QueryException.Kind.EXECUTION, e.kind());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertFalse(capture.source().series(List.of(), 0, Long.MAX_VALUE).isEmpty());
  }

  @Test
  void what_is_no_recording_is_refused_in_one_line_that_names_it() throws Exception {
    for (byte[] bytes :
        List.of(new byte[0], new byte[] {1, 2, 3}, new byte[5000], "PAR1PAR1".getBytes())) {
      Path file = Files.write(folder.resolve("x.parquet"), bytes);
      refused(file, "");
    }
    refused(folder, "directory");
    refused(folder.resolve("gone.rez"), "no such file");
    refused(Path.of("localhost:4241"), "http://host:4241");
  }

  private void refused(Path file, String reason) {
    CommandException e =
        assertThrows(CommandException.class, () -> inputs.open(Input.parse(file.toString())));
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertFalse(e.getMessage().contains("Exception"), e.getMessage());
  }

  private static int series(Capture capture) {
    QueryResult answer =
        new QueryEngine(QueryOptions.DEFAULT)
            .instant(
                capture.source(),
                "last_over_time({__name__!=\"\"}[1h])",
                capture.source().endNanos());
    return ((QueryResult.Vector) answer).series().size();
  }

  /** A copy, with what lies beside it: opening an archive may change it. */
  private Path copied(String name) throws Exception {
    String data = System.getProperty("rezolus.testdata");
    assumeTrue(data != null, "needs -Drezolus.testdata");
    Path file = Path.of(data, name);
    assumeTrue(Files.exists(file), "needs " + file);
    for (String side : new String[] {"-wal", ""}) {
      Path from = Path.of(file + side);
      if (Files.exists(from)) {
        Files.copy(
            from,
            folder.resolve(from.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder.resolve(file.getFileName());
  }
}

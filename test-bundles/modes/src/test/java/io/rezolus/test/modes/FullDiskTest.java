package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.test.agent.SmallDisk;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outputs on a disk that is full, or gets full at any moment of the work: one line, the earlier
 * file stays, and nothing else is left.
 */
class FullDiskTest {
  private static final int KIBIBYTES = 512;
  private static final int TEMPORARY_KIBIBYTES = 64 << 10;
  private static final int[] FREE_PAGES = {0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 80};
  private static final byte[] EARLIER = "earlier".getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path shared;
  private static SampleFiles samples;

  @TempDir Path folder;
  private SmallDisk disk;
  private Path small;

  @BeforeAll
  static void record() throws Exception {
    samples = SampleFiles.in(shared.resolve("samples"));
  }

  @BeforeEach
  void mount() throws Exception {
    small = folder.resolve("small");
    disk = new SmallDisk(small, KIBIBYTES);
    assumeTrue(disk.mounted(), "mounting a file system takes root");
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @Test
  void of_what_is_made_of_a_recording() throws Exception {
    String out = small.resolve("out").toString();
    String parquet = sample("run.parquet");
    String rez = sample("run.rez");
    String killed = sample("killed.rez");
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("filter", parquet, "--queries", sample("kpis.json"), "-o", out));
    commands.add(List.of("filter", rez, "--samplers", "demo", "-o", out));
    commands.add(List.of("filter", sample("old.rez"), "--samplers", "demo", "-o", out));
    commands.add(List.of("combine", parquet, twin(), "-o", out));
    commands.add(
        List.of(
            "combine", parquet, other(), "-o", out, "--ab", "baseline=rezolus", "experiment=b"));
    commands.add(List.of("convert", sample("run.raw"), "--force", "-o", out));
    commands.add(List.of("convert", sample("run.raw.zst"), "--force", "-o", out));
    for (String format : List.of("csv", "json", "arrow", "openmetrics")) {
      commands.add(List.of("export", parquet, "--to", format, "--force", "-o", out));
      commands.add(List.of("export", sample("run.raw"), "--to", format, "--force", "-o", out));
    }
    commands.add(List.of("upgrade", sample("old.rez"), "-o", out));
    commands.add(List.of("snapshot", rez, "--force", "-o", out));
    commands.add(List.of("snapshot", killed, "--force", "-o", out));
    try (CommandProcess process = CommandProcess.start("recording", folder.resolve("tmp"))) {
      for (List<String> command : commands) {
        Files.write(small.resolve("out"), EARLIER);
        refusals(process, command, List.of("out"));
      }
      Files.delete(small.resolve("out"));
      // archives never replace a file
      refusals(process, List.of("combine", rez, killed, "-o", out), List.of());
      refusals(process, List.of("combine", rez, sample("old.rez"), "-o", out), List.of());
    }
  }

  @Test
  void of_what_is_done_to_a_recording_where_it_lies() throws Exception {
    String kpis = sample("kpis.json");
    try (CommandProcess process = CommandProcess.start("recording", folder.resolve("tmp"))) {
      String parquet = copied("run.parquet");
      refusals(process, List.of("annotate", parquet, "--node", "x".repeat(9000)), List.of());
      refusals(process, List.of("annotate", parquet, "--queries", kpis), List.of());
      refusals(process, List.of("annotate", parquet, "--queries", kpis, "--filter"), List.of());
      refusals(process, List.of("filter", parquet, "--queries", kpis), List.of());
      Files.delete(Path.of(parquet));
      String rez = copied("run.rez");
      refusals(process, List.of("annotate", rez, "--queries", kpis), List.of());
      refusals(process, List.of("filter", rez, "--samplers", "demo"), List.of());
      Files.delete(Path.of(rez));
      String old = copied("old.rez");
      refusals(process, List.of("annotate", old, "--queries", kpis), List.of());
      refusals(process, List.of("filter", old, "--samplers", "demo"), List.of());
      refusals(process, List.of("upgrade", old), List.of());
    }
  }

  @Test
  void of_temporary_files() throws Exception {
    Path temporary = folder.resolve("temporary");
    // without the index of its log it is read from a copy
    Path killed = Files.copy(samples.file("killed.rez"), folder.resolve("killed.rez"));
    Files.copy(samples.file("killed.rez-wal"), folder.resolve("killed.rez-wal"));
    try (SmallDisk room = new SmallDisk(temporary, TEMPORARY_KIBIBYTES)) {
      for (String command : List.of("query", "recording")) {
        try (CommandProcess process = CommandProcess.start(command, temporary.resolve(command))) {
          // unpacks what it needs while there is room
          for (String file : List.of("run.rez", "run.raw.zst")) {
            assertEquals(0, read(process, command, file).status());
          }
          List<String> before = files(temporary);
          for (String file : List.of("run.raw", "run.raw.zst", "metrics.txt", killed.toString())) {
            room.fill(1);
            CommandProcess.Outcome outcome = read(process, command, file);
            room.empty();
            assertEquals(1, outcome.status(), file + outcome.err());
            expectLine(outcome.err(), file);
            assertEquals(before, files(temporary), file);
          }
        }
      }
    }
  }

  @Test
  void of_captures_of_hindsight() throws Exception {
    Path output = small.resolve("incident.rez");
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      Files.write(output, EARLIER);
      try (RunningMode hindsight = RunningMode.hindsight(folder, agent.port(), output)) {
        String url = hindsight.url();
        agent.awaitServed(8);
        List<String> before = files(small);
        // room for what is recorded meanwhile, and not for a copy
        disk.fill(12);
        for (String range : List.of("", "?last=5m")) {
          String posted = hindsight.post(url + "/dump/file" + range);
          assertTrue(posted.startsWith("500 "), posted);
          expectLine(posted, output.toString());
          String sent = hindsight.text(url + "/dump" + range);
          assertTrue(sent.startsWith("500 "), sent);
          assertTrue(sent.toLowerCase(Locale.ROOT).contains("space left"), sent);
        }
        hindsight.signal("HUP");
        String said = hindsight.await("capture failed");
        assertTrue(said.contains("is left as it is"), said);
        disk.empty();
        assertArrayEquals(EARLIER, Files.readAllBytes(output));
        assertEquals(before, files(small));
        String posted = hindsight.post(url + "/dump/file");
        assertTrue(posted.startsWith("200 "), posted);
        hindsight.signal("TERM");
        RunningMode.Outcome outcome = hindsight.end();
        assertEquals(0, outcome.status(), outcome.err());
      }
      assertEquals(List.of("incident.rez"), files(small));
    }
  }

  /** Runs it with ever more room, until there is enough. */
  private void refusals(CommandProcess process, List<String> command, List<String> outputs)
      throws IOException {
    String[] words = Stream.concat(Stream.of("recording"), command.stream()).toArray(String[]::new);
    List<byte[]> before = contents();
    List<String> names = files(small);
    int refused = 0;
    for (int pages : FREE_PAGES) {
      disk.fill(pages);
      CommandProcess.Outcome outcome = process.run(words);
      disk.empty();
      String what = String.join(" ", words) + " with " + pages + " pages: " + outcome.err();
      if (outcome.status() == 0) {
        assertTrue(refused > 0, what);
        restore(names, before);
        return;
      }
      refused++;
      assertEquals(1, outcome.status(), what);
      expectLine(outcome.err(), small.toString());
      assertEquals(names, files(small), what);
      List<byte[]> after = contents();
      for (int i = 0; i < before.size(); i++) {
        assertArrayEquals(before.get(i), after.get(i), what);
      }
    }
    throw new AssertionError(String.join(" ", words) + " finds no room at all");
  }

  private void restore(List<String> names, List<byte[]> contents) throws IOException {
    for (String file : files(small)) {
      Files.delete(small.resolve(file));
    }
    for (int i = 0; i < names.size(); i++) {
      Files.write(small.resolve(names.get(i)), contents.get(i));
    }
  }

  private static void expectLine(String said, String name) {
    List<String> lines =
        said.lines()
            .filter(line -> line.matches("(?i).*(space left|, where \\d+ are free).*"))
            .toList();
    assertEquals(1, lines.size(), said);
    assertTrue(lines.get(0).contains(name), said);
    assertFalse(said.contains("Exception") || said.contains("\tat "), said);
  }

  private CommandProcess.Outcome read(CommandProcess process, String command, String file)
      throws IOException {
    String out = folder.resolve("out").toString();
    Path in = samples.folder().resolve(file);
    return command.equals("query")
        ? process.run("query", in.toString(), "count({__name__=~\".+\"})")
        : process.run("recording", "export", in.toString(), "--to", "csv", "--force", "-o", out);
  }

  private String sample(String name) {
    return samples.file(name).toString();
  }

  private String copied(String name) throws IOException {
    return Files.copy(samples.file(name), small.resolve(name)).toString();
  }

  /** The same recording of another node. */
  private String twin() throws Exception {
    return annotated("twin.parquet", "--node", "twin");
  }

  /** The same recording of another source. */
  private String other() throws Exception {
    return annotated("other.parquet", "--source", "b", "--overwrite");
  }

  private String annotated(String name, String... edits) throws Exception {
    Path copy = Files.copy(samples.file("run.parquet"), folder.resolve(name));
    List<String> words = new ArrayList<>(List.of("recording", "annotate", copy.toString()));
    words.addAll(List.of(edits));
    RunningMode.Outcome outcome = RunningMode.run(folder, words.toArray(String[]::new));
    assertEquals(0, outcome.status(), outcome.err());
    return copy.toString();
  }

  private List<byte[]> contents() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String file : files(small)) {
      contents.add(Files.readAllBytes(small.resolve(file)));
    }
    return contents;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals(SmallDisk.FILLER))
          .sorted()
          .toList();
    }
  }
}

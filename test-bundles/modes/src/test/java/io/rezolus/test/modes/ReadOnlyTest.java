package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.test.agent.ReadOnlyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that lie where nobody can write, and outputs that are to be put there. */
class ReadOnlyTest {
  private static final List<String> FILES =
      List.of(
          "run.parquet",
          "run.rez",
          "killed.rez",
          "run.raw",
          "run.raw.zst",
          "old.rez",
          "ab.tar",
          "metrics.txt");

  @TempDir static Path folder;
  private static SampleFiles samples;
  private static ReadOnlyView view;
  private static Path readOnly;

  @BeforeAll
  static void record() throws Exception {
    samples = SampleFiles.in(folder.resolve("samples"));
    readOnly = folder.resolve("read-only");
    view = new ReadOnlyView(samples.folder(), readOnly);
  }

  @AfterAll
  static void unmount() throws Exception {
    view.close();
  }

  @Test
  void every_command_that_only_reads_works_there_and_changes_nothing() throws Exception {
    assumeTrue(view.mounted(), "mounting a file system takes root");
    Map<String, byte[]> before = contents();
    assertTrue(before.containsKey("killed.rez-wal"), before.keySet().toString());
    int worked = 0;
    try (CommandProcess tools = CommandProcess.start("recording", folder.resolve("tmp"));
        CommandProcess query = CommandProcess.start("query", folder.resolve("tmp-query"));
        CommandProcess views = CommandProcess.start("view", folder.resolve("tmp-view"))) {
      for (String file : FILES) {
        for (List<String> command : reading(file)) {
          CommandProcess process =
              command.get(0).equals("query")
                  ? query
                  : command.get(0).equals("view") ? views : tools;
          CommandProcess.Outcome there = run(process, command, readOnly);
          byte[] made = made();
          CommandProcess.Outcome here = run(process, command, samples.folder());
          String what = String.join(" ", command) + ": " + there.err();
          assertEquals(here.status(), there.status(), what);
          assertEquals(
              here.err().replace(samples.folder().toString(), readOnly.toString()),
              there.err(),
              what);
          // a text is labelled with where it lies
          if (!command.contains("combine") && !file.endsWith(".txt")) {
            assertArrayEquals(made(), made, what);
          }
          worked += there.status() == 0 ? 1 : 0;
        }
      }
    }
    assertTrue(worked > 40, worked + " commands worked");
    Map<String, byte[]> after = contents();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
  }

  @Test
  void what_is_to_be_written_there_is_refused_before_any_work() throws Exception {
    assumeTrue(view.mounted(), "mounting a file system takes root");
    String out = readOnly.resolve("out").toString();
    String parquet = samples.file("run.parquet").toString();
    String there = readOnly.resolve("run.parquet").toString();
    String rez = samples.file("run.rez").toString();
    String kpis = samples.file("kpis.json").toString();
    try (CommandProcess process = CommandProcess.start("recording", folder.resolve("tmp-out"))) {
      refused(process, "filter", parquet, "--queries", kpis, "-o", out);
      refused(process, "filter", there, "--queries", kpis);
      refused(process, "filter", readOnly.resolve("run.rez").toString(), "--samplers", "demo");
      refused(process, "annotate", there, "--node", "x");
      refused(process, "annotate", readOnly.resolve("run.rez").toString(), "--queries", kpis);
      refused(process, "annotate", readOnly.resolve("old.rez").toString(), "--queries", kpis);
      refused(process, "combine", parquet, parquet, "-o", out);
      refused(process, "combine", rez, rez, "-o", out);
      refused(process, "convert", samples.file("run.raw").toString(), "-o", out);
      refused(process, "export", parquet, "--to", "csv", "-o", out);
      refused(process, "upgrade", samples.file("old.rez").toString(), "-o", out);
      refused(process, "upgrade", readOnly.resolve("old.rez").toString());
      refused(process, "snapshot", rez, "-o", out);
    }
    Path started = folder.resolve("started");
    for (String name : List.of("out.parquet", "out.rez", "out.raw")) {
      // nobody listens there: that the output is told and not that is because it comes first
      RunningMode.Outcome outcome =
          RunningMode.run(
              folder,
              "record",
              "--url",
              "127.0.0.1:1",
              "-o",
              readOnly.resolve(name).toString(),
              "--",
              "touch",
              started.toString());
      assertEquals(1, outcome.status(), outcome.err());
      expectLine(outcome.err());
      assertFalse(Files.exists(started));
    }
    Path config =
        Files.writeString(
            folder.resolve("hindsight.toml"),
            "[general]\nsource = \"127.0.0.1:1\"\noutput = \"" + out + "\"\n");
    RunningMode.Outcome outcome = RunningMode.run(folder, "hindsight", config.toString());
    assertEquals(1, outcome.status(), outcome.err());
    expectLine(outcome.err());
  }

  @Test
  void who_has_no_permission_to_write_is_told_so() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root runs as another user");
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path config =
        Files.writeString(
            folder.resolve("foreign.toml"),
            "[general]\nsource = \"127.0.0.1:1\"\noutput = \"" + foreign + "/h.rez\"\n");
    List<String> nobody =
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    for (String[] words :
        new String[][] {
          {"record", "--url", "127.0.0.1:1", "-o", foreign + "/r.parquet"},
          {"record", "--url", "127.0.0.1:1", "-o", foreign + "/r.rez"},
          {"capture", "-d", "1s", "-o", foreign + "/c.parquet"},
          {"hindsight", config.toString()}
        }) {
      Map<String, String> environment = Map.of("REZOLUS_CACHE", "");
      try (RunningMode mode = RunningMode.start(nobody, folder, environment, words)) {
        RunningMode.Outcome outcome = mode.end();
        assertEquals(1, outcome.status(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(foreign + ": permission denied; name a"), outcome.err());
      }
    }
  }

  /** Commands that read {@code FOLDER/file}. */
  private static List<List<String>> reading(String file) {
    String in = "FOLDER/" + file;
    String out = folder.resolve("made").toString();
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("recording", "metadata", "-i", in));
    commands.add(List.of("recording", "metadata", "-i", in, "--json"));
    for (String format : List.of("csv", "json", "arrow", "openmetrics")) {
      commands.add(List.of("recording", "export", in, "--to", format, "-o", out));
    }
    commands.add(List.of("recording", "convert", in, "-o", out));
    commands.add(List.of("recording", "upgrade", in, "-o", out));
    commands.add(List.of("recording", "snapshot", in, "-o", out));
    commands.add(List.of("recording", "filter", in, "--samplers", "demo", "-o", out));
    commands.add(List.of("recording", "filter", in, "--queries", "FOLDER/kpis.json", "-o", out));
    commands.add(List.of("recording", "combine", in, "FOLDER/run.rez", "-o", out));
    commands.add(List.of("query", in, "count(last_over_time({__name__=~\".+\"}[90y]))"));
    commands.add(List.of("view", in));
    return commands;
  }

  private static CommandProcess.Outcome run(
      CommandProcess process, List<String> command, Path place) throws IOException {
    Files.deleteIfExists(folder.resolve("made"));
    String[] words =
        command.stream()
            .map(word -> word.replace("FOLDER", place.toString()))
            .toArray(String[]::new);
    CommandProcess.Outcome outcome = process.run(words);
    // addresses differ, and times
    return new CommandProcess.Outcome(
        outcome.status(),
        outcome.err().replaceAll("(?m)^\\S+Z |127.0.0.1:\\d+", ""),
        outcome.answers());
  }

  private static byte[] made() throws IOException {
    Path made = folder.resolve("made");
    return Files.exists(made) ? Files.readAllBytes(made) : new byte[0];
  }

  private static void refused(CommandProcess process, String... command) throws IOException {
    CommandProcess.Outcome outcome =
        process.run(
            Stream.concat(Stream.of("recording"), Stream.of(command)).toArray(String[]::new));
    assertEquals(1, outcome.status(), String.join(" ", command) + ": " + outcome.err());
    expectLine(outcome.err());
  }

  private static void expectLine(String err) {
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.contains(readOnly.toString()), err);
    assertTrue(err.contains("read-only"), err);
    assertFalse(err.contains("Exception"), err);
  }

  private static Map<String, byte[]> contents() throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(samples.folder())) {
      // the index of a log is also where readers say how far they are
      for (Path file : files.filter(file -> !file.toString().endsWith("-shm")).toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}

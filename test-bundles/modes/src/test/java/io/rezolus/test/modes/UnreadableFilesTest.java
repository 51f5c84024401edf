package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that may not be read or change under the reader, and outputs that are no files. */
class UnreadableFilesTest {
  private static final String NOBODY = "65534";

  @TempDir static Path folder;
  private static SampleFiles samples;

  @BeforeAll
  static void record() throws Exception {
    samples = SampleFiles.in(folder.resolve("samples"));
  }

  @Test
  void files_of_others_are_refused_with_their_name() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "becoming someone else takes root");
    Path readable = Files.createDirectory(folder.resolve("others"));
    allow(folder, "rwxr-xr-x");
    allow(readable, "rwxr-xr-x");
    Path temporary = Files.createDirectory(folder.resolve("tmp-nobody"));
    allow(temporary, "rwxrwxrwx");
    List<String> secret = new ArrayList<>();
    for (String file : List.of("run.parquet", "run.rez", "killed.rez", "run.raw", "old.rez")) {
      Path copy = Files.copy(samples.file(file), readable.resolve(file));
      allow(copy, "rw-------");
      secret.add(copy.toString());
    }
    List<String> nobody =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
    String kpis = samples.file("kpis.json").toString();
    String out = temporary.resolve("out").toString();
    try (CommandProcess process = CommandProcess.start("recording", temporary, nobody)) {
      for (String file : secret) {
        denied(process, file, "metadata", "-i", file);
        denied(process, file, "annotate", file, "--queries", kpis);
        denied(process, file, "filter", file, "--queries", kpis, "-o", out);
        denied(process, file, "convert", file, "-o", out);
        denied(process, file, "combine", file, file, "-o", out);
        denied(process, file, "upgrade", file, "-o", out);
        denied(process, file, "export", file, "--to", "csv", "-o", out);
        denied(process, file, "snapshot", file, "-o", out);
      }
      // a folder of others
      Path mine = Files.copy(samples.file("run.parquet"), readable.resolve("public.parquet"));
      allow(mine, "rw-r--r--");
      CommandProcess.Outcome outcome =
          process.run(
              "recording", "export", mine.toString(), "--to", "csv", "-o", readable + "/out");
      assertEquals(1, outcome.status(), outcome.err());
      assertTrue(outcome.err().contains(readable + ": cannot be written to"), outcome.err());
    }
    for (String command : List.of("query", "view")) {
      try (CommandProcess process =
          CommandProcess.start(
              command, Files.createDirectory(temporary.resolve(command)), List.of())) {
        CommandProcess.Outcome outcome =
            command.equals("query")
                ? process.run("query", folder.resolve("samples").toString(), "up")
                : process.run("view", folder.resolve("samples").toString());
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("directory"), outcome.err());
      }
    }
  }

  @Test
  void folders_and_pipes_are_no_outputs() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String parquet = samples.file("run.parquet").toString();
    String raw = samples.file("run.raw").toString();
    String rez = samples.file("run.rez").toString();
    String kpis = samples.file("kpis.json").toString();
    try (CommandProcess process = CommandProcess.start("recording", folder.resolve("tmp-out"))) {
      for (Path wrong : List.of(pipe, Files.createDirectory(folder.resolve("sub")))) {
        String out = wrong.toString();
        refused(process, out, "filter", parquet, "--queries", kpis, "-o", out);
        refused(process, out, "filter", rez, "--samplers", "demo", "-o", out);
        refused(process, out, "convert", raw, "--force", "-o", out);
        refused(process, out, "combine", parquet, parquet, "-o", out);
        refused(process, out, "combine", rez, rez, "-o", out);
        refused(process, out, "upgrade", samples.file("old.rez").toString(), "-o", out);
        refused(process, out, "export", parquet, "--to", "csv", "--force", "-o", out);
        refused(process, out, "snapshot", rez, "--force", "-o", out);
        for (String format : List.of("parquet", "raw")) {
          RunningMode.Outcome outcome =
              RunningMode.run(folder, "record", "--url", "127.0.0.1:1", "-f", format, "-o", out);
          assertEquals(1, outcome.status(), outcome.err());
          assertEquals(1, outcome.err().lines().count(), outcome.err());
          assertTrue(outcome.err().contains(out), outcome.err());
        }
      }
    }
    assertFalse(Files.isRegularFile(pipe));
    try (Stream<Path> left = Files.list(folder.resolve("sub"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void a_standard_output_that_is_full_or_gone_is_told() throws Exception {
    String rezolus = System.getProperty("rezolus.distribution") + "/bin/rezolus ";
    String parquet = samples.file("run.parquet").toString();
    for (String command :
        List.of(
            "recording export " + parquet + " --to csv",
            "recording export " + parquet + " --to json",
            "recording metadata -i " + parquet,
            "query " + parquet + " 'syscall[1h]' --time -0s")) {
      Path err = folder.resolve("err");
      Process process =
          new ProcessBuilder("sh", "-c", "exec " + rezolus + command)
              .redirectOutput(new File("/dev/full"))
              .redirectError(err.toFile())
              .start();
      int status = process.waitFor();
      String said = Files.readString(err);
      assertEquals(1, status, command + ": " + said);
      assertEquals(1, said.lines().count(), command + ": " + said);
      assertTrue(said.contains("space left"), command + ": " + said);
    }
  }

  @Test
  void a_recording_that_shrinks_while_it_is_viewed_does_not_end_the_view() throws Exception {
    for (String file : List.of("run.parquet", "run.rez", "old.rez", "ab.tar")) {
      Path copy = Files.copy(samples.file(file), folder.resolve("shrinking-" + file));
      try (RunningMode view = RunningMode.start(folder, "view", copy.toString())) {
        String url = view.url();
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
          channel.truncate(700);
        }
        String query = "/api/v1/query?time=4000000000&query=last_over_time(syscall%5B90y%5D)";
        String answer = view.text(url + query);
        // what was read before is still right
        boolean error = answer.matches("(?s)(422|500|503) .*\"status\":\"error\".*");
        assertTrue(error || answer.matches("(?s)200 .*\"value\".*"), file + ": " + answer);
        assertFalse(answer.contains("Exception"), answer);
        view.signal("TERM");
        RunningMode.Outcome outcome = view.end();
        assertEquals(0, outcome.status(), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
      }
    }
  }

  private static void denied(CommandProcess process, String file, String... command)
      throws IOException {
    assertTrue(refused(process, file, command).contains("permission denied"));
  }

  private static String refused(CommandProcess process, String name, String... command)
      throws IOException {
    CommandProcess.Outcome outcome =
        process.run(
            Stream.concat(Stream.of("recording"), Stream.of(command)).toArray(String[]::new));
    String what = String.join(" ", command) + ": " + outcome.err();
    assertEquals(1, outcome.status(), what);
    assertEquals(1, outcome.err().lines().count(), what);
    assertTrue(outcome.err().contains(name), what);
    assertFalse(outcome.err().contains("Exception"), what);
    return outcome.err();
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}

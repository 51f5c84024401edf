package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.test.agent.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs for which there is no room: one line, the earlier file stays, nothing else is left. */
class FullDiskTest {
  private static final int KIBIBYTES = 48;
  private static final String DATA = System.getProperty("rezolus.testdata", "");

  @TempDir Path dir;
  private SmallDisk disk;
  private Path small;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    small = dir.resolve("small");
    disk = new SmallDisk(small, KIBIBYTES);
    assumeTrue(disk.mounted(), "mounting a file system takes root");
    assumeTrue(!DATA.isEmpty(), "rezolus.testdata names no recordings");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    disk.close();
  }

  @Test
  void of_a_conversion() throws IOException {
    expect(
        earlier("o.parquet"),
        ToolRun.convert("", data("upstream/raw.zst"), "--force", "-o", o("o.parquet")).err());
  }

  @Test
  void of_an_export() throws IOException {
    for (String to : List.of("csv", "json", "arrow", "openmetrics")) {
      Path out = earlier("o." + to);
      ToolRun run =
          ToolRun.export(data("recordings/demo.parquet"), "--to", to, "--force", "-o", out);
      assertEquals(1, run.status(), to + run.err());
      expect(out, run.err());
      Files.delete(out);
    }
  }

  @Test
  void of_a_copy_of_an_archive() throws IOException {
    Path archive = Files.copy(data("upstream/recorded.rez"), dir.resolve("a.rez"));
    CommandRun run = CommandRun.of("snapshot", archive, "-o", o("o.rez"));
    assertEquals(1, run.status(), run.err());
    assertTrue(run.err().contains("space left"), run.err());
    assertEquals(List.of(), files());
  }

  private void expect(Path out, String err) throws IOException {
    List<String> errors = err.lines().filter(line -> line.contains("space left")).toList();
    assertEquals(1, errors.size(), err);
    assertTrue(errors.get(0).contains(out.getParent().toString()), err);
    assertEquals("earlier", Files.readString(out));
    assertEquals(List.of(out.getFileName().toString()), files());
  }

  private Path earlier(String name) throws IOException {
    return Files.writeString(o(name), "earlier");
  }

  private Path o(String name) {
    return small.resolve(name);
  }

  private static Path data(String name) {
    return Path.of(DATA, name);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(small)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

package io.rezolus.test.modes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that somebody made to do harm, through the commands that read recordings: each through some
 * of them in turn, with {@code -Drezolus.damages=100} through all.
 */
class HostileFilesTest {
  private static final int TURNS = Integer.getInteger("rezolus.damages", 1) >= 8 ? 1 : 6;

  @TempDir static Path folder;
  private static CommandMatrix matrix;
  private static HostileFiles files;

  @BeforeAll
  static void record() throws Exception {
    SampleFiles samples = SampleFiles.in(folder.resolve("samples"));
    matrix = new CommandMatrix(samples, folder);
    files = new HostileFiles(samples, folder.resolve("scratch"));
  }

  @AfterAll
  static void end() throws Exception {
    matrix.close();
  }

  @Test
  void parquet() throws Exception {
    attempt(files.parquet(), "run.parquet");
  }

  @Test
  void raw_snapshots() throws Exception {
    attempt(files.raw(), "run.raw");
  }

  @Test
  void archives() throws Exception {
    attempt(files.sqlite(), "run.rez");
  }

  @Test
  void tars() throws Exception {
    attempt(files.tars(), "old.rez");
  }

  @Test
  void texts() throws Exception {
    attempt(files.texts(), "metrics.txt");
  }

  private static void attempt(Map<String, byte[]> hostile, String sample) throws Exception {
    List<List<String>> commands = matrix.commands(sample);
    int turn = 0;
    for (Map.Entry<String, byte[]> file : new TreeMap<>(hostile).entrySet()) {
      for (int i = turn++ % TURNS; i < commands.size(); i += TURNS) {
        matrix.attempt(file.getKey(), file.getValue(), null, commands.get(i));
      }
    }
    matrix.verdict();
  }
}

package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done is told in one line that names it, and by the exit status. */
class WrongUseTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.write(
        folder.resolve("noise.parquet"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    Files.write(folder.resolve("empty.parquet"), new byte[0]);
    Files.writeString(folder.resolve("cut.parquet"), "PAR1 and nothing else");
  }

  @Test
  void files_that_are_no_recordings() throws Exception {
    refused(1, "noise.parquet", "view", "noise.parquet");
    refused(1, "gone.rez", "view", "gone.rez");
    refused(1, "empty.parquet", "query", "empty.parquet", "up");
    refused(1, "cut.parquet", "query", "cut.parquet", "up");
    refused(1, "gone.parquet", "recording", "metadata", "-i", "gone.parquet");
    refused(1, "noise.parquet", "recording", "export", "noise.parquet", "--to", "csv");
    refused(1, "noise.parquet", "recording", "convert", "noise.parquet", "-o", "x.parquet");
  }

  @Test
  void agents_that_are_not_there() throws Exception {
    refused(1, "127.0.0.1:1", "view", "http://127.0.0.1:1");
    refused(1, "127.0.0.1:1", "query", "http://127.0.0.1:1", "up");
  }

  @Test
  void wrong_options() throws Exception {
    assertEquals(2, RunningMode.run(folder, "view").status());
    assertEquals(2, RunningMode.run(folder, "view", "x", "--listen", "nowhere").status());
    RunningMode.Outcome outcome = RunningMode.run(folder, "query", "cut.parquet", "sum(");
    assertEquals(2, outcome.status(), outcome.err());
    assertTrue(outcome.err().contains("1:5"), outcome.err());
  }

  private void refused(int status, String names, String... arguments) throws Exception {
    RunningMode.Outcome outcome = RunningMode.run(folder, arguments);
    String all = String.join(" ", arguments) + ": " + outcome.err();
    assertEquals(status, outcome.status(), all);
    assertEquals("", outcome.out(), all);
    assertEquals(1, outcome.err().lines().count(), all);
    assertTrue(outcome.err().contains(names), all);
    assertFalse(outcome.err().contains("Exception") || outcome.err().contains("\tat "), all);
  }
}

package io.rezolus.test.modes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recordings of every layout, cut off and with flipped bits, through every command that reads them;
 * {@code -Drezolus.damages=100} damages more.
 */
class DamagedFilesTest {
  private static final int DAMAGES = Integer.getInteger("rezolus.damages", 1);
  private static final int VIEWED = 3;
  private static final List<String> TOLD = List.of("export", "query", "convert", "upgrade");

  @TempDir static Path folder;
  private static SampleFiles samples;
  private static CommandMatrix matrix;

  @BeforeAll
  static void record() throws Exception {
    samples = SampleFiles.in(folder.resolve("samples"));
    matrix = new CommandMatrix(samples, folder);
  }

  @AfterAll
  static void end() throws Exception {
    matrix.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.parquet",
        "run.rez",
        "killed.rez",
        "run.raw",
        "run.raw.zst",
        "old.rez",
        "ab.tar",
        "metrics.txt"
      })
  void whatever_happened_to_a_file_is_said_in_a_line(String sample) throws Exception {
    byte[] whole = Files.readAllBytes(samples.file(sample));
    Path log = samples.file(sample + "-wal");
    byte[] wal = Files.exists(log) ? Files.readAllBytes(log) : null;
    Random random = new Random(sample.hashCode());
    for (List<String> command : matrix.commands(sample)) {
      boolean works = matrix.attempt(sample, whole, wal, command).status() == 0;
      for (int i = 0; i < DAMAGES; i++) {
        int length = i == 0 ? whole.length - 1 : random.nextInt(whole.length);
        cut(sample + " cut to " + length + " bytes", whole, length, wal, command, works);
        flipped(sample, whole, wal, command, random);
        if (wal != null) {
          int kept = random.nextInt(wal.length);
          matrix.attempt(sample + "-wal cut to " + kept, whole, Arrays.copyOf(wal, kept), command);
          flippedLog(sample, whole, wal, command, random);
        }
      }
    }
    for (int i = 0; i < VIEWED; i++) {
      int length = random.nextInt(whole.length);
      matrix.attempt(
          sample + " cut to " + length, Arrays.copyOf(whole, length), wal, matrix.view());
      flipped(sample, whole, wal, matrix.view(), random);
    }
    matrix.verdict();
  }

  private void cut(
      String name, byte[] whole, int length, byte[] wal, List<String> command, boolean works)
      throws Exception {
    byte[] cut = Arrays.copyOf(whole, length);
    CommandProcess.Outcome outcome = matrix.attempt(name, cut, wal, command);
    if (outcome.status() != 0) {
      return;
    }
    matrix.expect(works, name + ": " + command + " works where it does not for the whole file", "");
    boolean unnoticed =
        length == 0
            || onlyPaddingIsGone(name, whole, length)
            || samples.isBoundary(length) && name.startsWith("run.raw ")
            || name.startsWith("metrics.txt") && cut[length - 1] == '\n';
    boolean told = command.stream().anyMatch(TOLD::contains);
    matrix.expect(
        unnoticed || !told || outcome.err().contains("warning: "),
        name + ": " + command + " does not say that something is missing",
        outcome.err());
  }

  /** A tar ends in zeros that say nothing. */
  private static boolean onlyPaddingIsGone(String name, byte[] whole, int length) {
    boolean tar = name.startsWith("old.rez") || name.startsWith("ab.tar");
    return tar
        && Arrays.equals(whole, length, whole.length, new byte[whole.length], length, whole.length);
  }

  private void flipped(String sample, byte[] whole, byte[] wal, List<String> command, Random random)
      throws Exception {
    byte[] flipped = whole.clone();
    matrix.attempt(sample + " with " + flip(flipped, random), flipped, wal, command);
  }

  private void flippedLog(
      String sample, byte[] whole, byte[] wal, List<String> command, Random random)
      throws Exception {
    byte[] flipped = wal.clone();
    matrix.attempt(sample + "-wal with " + flip(flipped, random), whole, flipped, command);
  }

  private static String flip(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int bit = random.nextInt(8);
    bytes[at] ^= (byte) (1 << bit);
    return "bit " + bit + " of byte " + at + " flipped";
  }
}

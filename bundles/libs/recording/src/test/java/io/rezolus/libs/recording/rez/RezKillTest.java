package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of kills is the system property {@code rezolus.kills}. */
class RezKillTest {
  private static final int SEGMENT_ROWS = 6;

  @TempDir Path folder;

  @Test
  void a_kill_costs_at_most_the_tick_that_was_being_written() throws Exception {
    Random random = new Random(42);
    int kills = Integer.getInteger("rezolus.kills", 10);
    for (int i = 0; i < kills; i++) {
      Path path = folder.resolve(i + ".rez");
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  RezKillTest.class.getName(),
                  path.toString(),
                  Integer.toString(i))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int until = 1 + random.nextInt(40);
      int promised = 0;
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        String line = out.readLine();
        while (line != null) {
          promised = Integer.parseInt(line);
          if (promised == until) {
            // not the Process itself, which closes the stream
            writer.toHandle().destroyForcibly();
          }
          line = out.readLine();
        }
      }
      writer.waitFor();
      assertTrue(promised >= until, "the writer was killed and did not end");
      expectTicks(path, i, promised);
      SideFiles.delete(path);
    }
  }

  /** Whether the archive has the first {@code promised} ticks, and perhaps the one after. */
  private static void expectTicks(Path path, int seed, int promised) throws IOException {
    RandomSnapshots snapshots = new RandomSnapshots(new Random(seed));
    Expected expected = new Expected();
    for (int tick = 1; tick <= promised + 1; tick++) {
      long ts = ts(tick);
      Snapshot snapshot = snapshots.next(ts);
      RezRoundTripTest.addGroups(expected, snapshot, ts, 0);
    }
    try (RezFile file = RezFile.open(path)) {
      TreeMap<String, TreeMap<Long, Map<String, String>>> found =
          Expected.read(file.recordings().get(0));
      long last = found.values().stream().mapToLong(TreeMap::lastKey).max().orElseThrow();
      if (last <= ts(promised)) {
        expected.tables().values().forEach(rows -> rows.remove(ts(promised + 1)));
        expected.tables().values().removeIf(Map::isEmpty);
      }
      assertEquals(expected.tables(), found);
    }
  }

  private static long ts(int tick) {
    return RandomSnapshots.START + tick * 1_000_000L;
  }

  /** Writes until it is killed, and says after each tick that it is written. */
  public static void main(String[] arguments) throws IOException {
    RandomSnapshots snapshots = new RandomSnapshots(new Random(Integer.parseInt(arguments[1])));
    RezWriter writer =
        RezWriter.create(
            Path.of(arguments[0]),
            Map.of("source", "killed"),
            Map.of(),
            RezWriterOptions.standard(RandomSnapshots.START).withSegmentRows(SEGMENT_ROWS));
    for (int tick = 1; ; tick++) {
      writer.append(snapshots.next(ts(tick)), ts(tick), 0);
      System.out.println(tick);
      System.out.flush();
      writer.sealDue();
    }
  }
}

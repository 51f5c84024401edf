package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills recordings at random moments; {@code -Drezolus.kills=300} does so more often. */
class RecordKillTest {
  private static final int KILLS = Integer.getInteger("rezolus.kills", 8);
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  /** The one that is being taken: the one before is stored when it is asked for. */
  private static final int UNDER_WAY = 1;

  @TempDir Path dir;
  private final Random random = new Random();
  private SnapshotServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new SnapshotServer(0, UnaryOperator.identity());
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void a_killed_recording_is_made_of_its_spool() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      Path out = dir.resolve(i + ".parquet");
      int served = kill(out, false);
      assertEquals(List.of(out.getFileName() + ".spool"), files(i));
      Path spool = dir.resolve(out.getFileName() + ".spool");
      new SpoolConverter().convert(spool, out, Map.of("source", "rezolus"));
      expectAllUpTo(served, out, ParquetRecording.open(out).table());
    }
  }

  @Test
  void a_killed_archive_opens() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      Path out = dir.resolve(i + ".rez");
      int served = kill(out, false);
      try (RezFile file = RezFile.open(out)) {
        expectAllUpTo(served, out, file.recordings().get(0).tables().get(0));
      }
    }
  }

  @Test
  void one_that_is_killed_while_it_ends_is_there_or_still_in_its_spool() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      Path out = dir.resolve(i + ".parquet");
      int served = kill(out, true);
      Path spool = dir.resolve(out.getFileName() + ".spool");
      if (!Files.exists(out)) {
        new SpoolConverter().convert(spool, out, Map.of("source", "rezolus"));
      }
      expectAllUpTo(served, out, ParquetRecording.open(out).table());
    }
  }

  /** Records for a while, kills, and returns which snapshot was served last. */
  private int kill(Path out, boolean whileEnding) throws Exception {
    int until = server.served() + 5 + random.nextInt(40);
    String url = "localhost:" + server.port();
    try (RecordProcess process =
        RecordProcess.start(log(out), "--url", url, "-i", "20ms", "-o", out)) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (server.served() < until) {
        assertTrue(System.nanoTime() < end && process.running(), () -> "records: " + said(out));
        Thread.sleep(1);
      }
      Thread.sleep(0, random.nextInt(999_999));
      if (whileEnding) {
        process.terminate();
        Thread.sleep(random.nextInt(150));
      }
      process.kill();
    }
    return server.served();
  }

  private void expectAllUpTo(int served, Path out, Table table) throws IOException {
    RecordedColumn column =
        table.columns().stream()
            .filter(each -> each.metric().equals("syscall"))
            .findFirst()
            .orElseThrow();
    assertEquals(1, table.parts());
    long[] counts = table.values(column, 0).values();
    for (int row = 1; row < counts.length; row++) {
      long expected = counts[row - 1] + 100;
      // a host that stands still for seconds makes samples late, and the recorder says so
      boolean late = counts[row] > expected && said(out).contains("sample missed");
      assertTrue(late || counts[row] == expected, counts[row] + " in row " + row);
    }
    long last = counts[counts.length - 1] / 100;
    assertTrue(last >= served - UNDER_WAY, "up to " + last + " of " + served);
  }

  private Path log(Path out) {
    return dir.resolve("log-of-" + out.getFileName());
  }

  private String said(Path out) {
    try {
      return Files.readString(log(out));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<String> files(int i) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(i + "."))
          .sorted()
          .toList();
    }
  }
}

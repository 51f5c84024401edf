package io.rezolus.outputs.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.test.agent.SmallDisk;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills and full disks; {@code -Drezolus.kills=300} kills more often. */
class HindsightFaultsTest {
  private static final int KILLS = Integer.getInteger("rezolus.kills", 8);

  /** The one that is being taken: the one before is stored when it is asked for. */
  private static final int UNDER_WAY = 1;

  private static final int KIBIBYTES = 150;

  @TempDir Path dir;
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
  void every_kill_loses_what_was_under_way_and_nothing_that_earlier_runs_kept() throws Exception {
    Random random = new Random();
    Path output = dir.resolve("out.rez");
    TreeSet<Long> before = new TreeSet<>();
    for (int i = 0; i < KILLS; i++) {
      try (HindsightProcess process = start(output)) {
        process.await("buffering", i + 1);
        int until = server.served() + 2 + random.nextInt(15);
        server.awaitServed(until);
        Thread.sleep(0, random.nextInt(999_999));
        process.signal("KILL");
        process.end();
      }
      TreeSet<Long> kept = kept(dir.resolve(".out.rez.hindsight/hindsight.rez"));
      assertTrue(kept.containsAll(before));
      String said = Files.readString(dir.resolve("log"));
      String own = said.substring(said.lastIndexOf("buffering"));
      // what was last said to be missed, for its answer did not come in time, was never there to
      // keep
      boolean missing = own.lastIndexOf("sample missed") > own.lastIndexOf("sampling again");
      assertTrue(
          missing || kept.last() >= server.served() - UNDER_WAY,
          kept.last() + " of " + server.served() + "\n" + own);
      before = kept;
    }
  }

  @Test
  void a_full_disk_ends_it_with_one_line_and_leaves_the_buffer() throws Exception {
    Path small = dir.resolve("small");
    try (SmallDisk disk = new SmallDisk(small, KIBIBYTES)) {
      assumeTrue(disk.mounted(), "mounting a file system takes root");
      try (HindsightProcess process = start(small.resolve("out.rez"))) {
        process.await("buffering", 1);
        assertEquals(1, process.end());
        String said = process.said();
        assertEquals(1, said.lines().filter(line -> line.contains("no space left")).count(), said);
      }
      assertTrue(kept(small.resolve(".out.rez.hindsight/hindsight.rez")).size() > 5);
    }
  }

  private HindsightProcess start(Path output) throws IOException {
    return HindsightProcess.start(dir, server.port(), "1h", output);
  }

  /** Which of the server's snapshots an archive has. */
  private static TreeSet<Long> kept(Path archive) throws IOException {
    TreeSet<Long> kept = new TreeSet<>();
    try (RezFile file = RezFile.open(archive)) {
      Table table = file.recordings().get(0).tables().get(0);
      RecordedColumn column =
          table.columns().stream()
              .filter(each -> each.metric().equals("syscall"))
              .findFirst()
              .orElseThrow();
      for (int part = 0; part < table.parts(); part++) {
        for (long calls : table.values(column, part).values()) {
          kept.add(calls / 100);
        }
      }
    }
    return kept;
  }
}

package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RezDamageTest {
  private static final int FLIPS = Integer.getInteger("rezolus.flips", 150);

  @TempDir Path folder;
  private byte[] finished;
  private byte[] live;
  private byte[] log;

  @BeforeEach
  void record() throws IOException {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 7, 10).append(25);
    live = Files.readAllBytes(path);
    log = Files.readAllBytes(SideFiles.wal(path));
    recording.writer().finish();
    finished = Files.readAllBytes(path);
  }

  @Test
  void refuses_or_reads_an_archive_that_is_cut_off() throws Exception {
    for (int length = 0; length < finished.length; length += finished.length / 60 + 1) {
      expectAnswer(Arrays.copyOf(finished, length), new byte[0]);
    }
  }

  @Test
  void reads_what_a_log_that_is_cut_off_still_holds() throws Exception {
    for (int length = 0; length < log.length; length += log.length / 60 + 1) {
      expectAnswer(live, Arrays.copyOf(log, length));
    }
  }

  @Test
  void refuses_or_reads_an_archive_with_flipped_bits() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = finished.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      expectAnswer(damaged, new byte[0]);
    }
  }

  private void expectAnswer(byte[] main, byte[] wal) throws IOException {
    Path path = folder.resolve("damaged.rez");
    Files.write(path, main);
    Files.deleteIfExists(SideFiles.wal(path));
    if (wal.length > 0) {
      Files.write(SideFiles.wal(path), wal);
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          try (RezFile file = RezFile.open(path)) {
            for (var recording : file.recordings()) {
              for (var table : recording.tables()) {
                for (int part = 0; part < table.parts(); part++) {
                  table.timestamps(part);
                  for (var column : table.columns()) {
                    if (column.histogram() == null) {
                      table.values(column, part);
                    } else {
                      table.histograms(column, part);
                    }
                    table.windows(column, part);
                  }
                }
              }
            }
          } catch (IOException e) {
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
          }
        });
  }
}

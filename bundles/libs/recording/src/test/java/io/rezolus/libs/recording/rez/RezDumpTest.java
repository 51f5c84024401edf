package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RezDumpTest {
  @TempDir Path folder;

  @Test
  void copies_everything_of_a_growing_archive() throws Exception {
    Path path = folder.resolve("a.rez");
    Path target = folder.resolve("copy.rez");
    Recordings recording = new Recordings(path, 1, 20).append(50);
    DumpResult result = RezDump.everything(path, target);
    RezRoundTripTest.expect(recording.expected(), target, true);
    assertEquals(Files.size(target), result.bytes());
    assertEquals(RezCatalog.read(path).rows(), result.rows());
    assertEquals(4, result.tables());
    assertEquals(1, Files.readAllBytes(target)[18], "not in log mode");
    recording.append(10).writer().finish();
    RezRoundTripTest.expect(recording.expected(), path, true);
  }

  @Test
  void copies_segments_that_overlap_a_range_and_the_rows_within_it() throws Exception {
    Path path = folder.resolve("a.rez");
    Path target = folder.resolve("copy.rez");
    Recordings recording = new Recordings(path, 2, 16).append(60);
    long from = ts(20);
    long to = ts(58);
    DumpResult result = RezDump.range(path, target, from, to);
    assertEquals(List.of("0"), RezStatesTest.sql(target, "SELECT COUNT(*) FROM wal"));
    assertEquals(
        List.of("0"),
        RezStatesTest.sql(
            target, "SELECT MAX(m) FROM (SELECT MIN(seq) m FROM segments GROUP BY sampler)"));
    try (RezFile file = RezFile.open(target)) {
      var found = Expected.read(file.recordings().get(0));
      recording
          .expected()
          .tables()
          .forEach(
              (table, rows) -> {
                assertEquals(
                    rows.subMap(from, true, to, true),
                    found.get(table).subMap(from, true, to, true));
              });
    }
    RezCatalog written = RezCatalog.read(target);
    assertEquals(written.firstTs(), result.firstTs());
    assertEquals(written.lastTs(), result.lastTs());
    assertEquals(written.rows(), result.rows());
    assertTrue(result.firstTs() <= from && result.lastTs() >= to);
    recording.writer().close();
  }

  @Test
  void an_empty_range_leaves_the_earlier_file() throws Exception {
    Path path = folder.resolve("a.rez");
    Path target = Files.writeString(folder.resolve("copy.rez"), "earlier");
    Recordings recording = new Recordings(path, 3, 16).append(10);
    assertTrue(RezDump.range(path, target, 1, 2).isEmpty());
    assertEquals("earlier", Files.readString(target));
    recording.writer().close();
  }

  @Test
  void an_archive_without_rows_is_not_copied() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 3, 16);
    assertTrue(RezDump.everything(path, folder.resolve("copy.rez")).isEmpty());
    assertFalse(Files.exists(folder.resolve("copy.rez")));
    recording.writer().close();
  }

  @Test
  void does_not_replace_an_archive_whose_rows_lie_beside_it() throws Exception {
    Path path = folder.resolve("a.rez");
    Path other = folder.resolve("b.rez");
    Recordings recording = new Recordings(path, 3, 16).append(5);
    Recordings growing = new Recordings(other, 4, 16).append(5);
    assertThrows(IOException.class, () -> RezDump.everything(path, other));
    assertThrows(IOException.class, () -> RezDump.range(path, other, 0, Long.MAX_VALUE));
    RezRoundTripTest.expect(growing.expected(), other, false);
    recording.writer().close();
    growing.writer().close();
  }

  @Test
  void the_writer_goes_on_while_copies_are_made_back_to_back() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 5, 10).append(5);
    ExecutorService copier = Executors.newSingleThreadExecutor();
    try {
      Future<?> copies =
          copier.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  Path copy = folder.resolve("copy" + i + ".rez");
                  if (i % 2 == 0) {
                    RezDump.everything(path, copy);
                  } else {
                    RezDump.range(path, copy, 0, Long.MAX_VALUE);
                  }
                }
                return null;
              });
      while (!copies.isDone()) {
        recording.append(1);
      }
      copies.get();
    } finally {
      copier.shutdown();
    }
    recording.writer().finish();
    RezRoundTripTest.expect(recording.expected(), path, true);
    for (int i = 0; i < 10; i++) {
      try (RezFile copy = RezFile.open(folder.resolve("copy" + i + ".rez"))) {
        long last = copy.catalog().lastTs();
        Expected.read(copy.recordings().get(0))
            .forEach(
                (table, rows) ->
                    assertEquals(
                        recording.expected().tables().get(table).headMap(last, true), rows));
      }
    }
  }

  private static long ts(int tick) {
    return Recordings.START + tick * Recordings.TICK;
  }
}

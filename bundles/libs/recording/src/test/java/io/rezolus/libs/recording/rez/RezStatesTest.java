package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class RezStatesTest {
  @TempDir Path folder;

  @Test
  void an_archive_can_be_opened_right_after_it_was_created() throws Exception {
    Path path = folder.resolve("new#1 100%?.rez");
    Recordings recording = new Recordings(path, 1, 10);
    assertEquals(1, RezCatalog.read(path).recordings().size());
    RezRoundTripTest.expect(recording.expected(), path, false);
    recording.writer().finish();
    RezRoundTripTest.expect(recording.expected(), path, true);
  }

  @Test
  void is_laid_out_as_other_readers_expect() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 1, 10).append(40);
    assertEquals(List.of("wal"), sql(path, "PRAGMA journal_mode"));
    assertEquals(List.of("4096"), sql(path, "PRAGMA page_size"));
    assertEquals(List.of("2"), sql(path, "PRAGMA auto_vacuum"));
    recording.writer().finish();
    assertEquals(List.of("3"), sql(path, "SELECT version FROM schema_version"));
    assertEquals(List.of("0"), sql(path, "PRAGMA application_id"));
    assertEquals(List.of("0"), sql(path, "PRAGMA user_version"));
    assertEquals(List.of("0"), sql(path, "SELECT COUNT(*) FROM wal"));
    assertEquals(List.of("0"), sql(path, "PRAGMA freelist_count"));
    assertEquals(
        List.of("{\"host\":\"h1\",\"source\":\"random\"}"),
        sql(path, "SELECT labels FROM recordings"));
    assertEquals(List.of("ok"), sql(path, "PRAGMA integrity_check"));
    assertEquals(
        List.of("0"),
        sql(
            path,
            "SELECT COUNT(*) FROM segments s WHERE seq > 0 AND NOT EXISTS (SELECT 1 FROM segments p"
                + " WHERE p.sampler = s.sampler AND p.seq = s.seq - 1 AND p.last_ts < s.first_ts)"));
    byte[] header = Files.readAllBytes(path);
    assertArrayEquals(new byte[] {2, 2}, new byte[] {header[18], header[19]});
    assertEquals(
        List.of(
            "recordings", "segments", "segments_by_time", "wal", "clock_offsets", "schema_version"),
        sql(path, "SELECT name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"));
  }

  @Test
  void refuses_to_write_over_a_file() throws Exception {
    Path path = Files.writeString(folder.resolve("a.rez"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> new Recordings(path, 1, 10));
    assertEquals("mine", Files.readString(path));
  }

  @Test
  void a_recording_that_captured_nothing_leaves_nothing() throws Exception {
    new Recordings(folder.resolve("a.rez"), 1, 10).writer().discard();
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void rows_that_are_sealed_but_not_yet_deleted_from_the_log_count_once() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 3, 1000).append(30);
    Path logged = Recordings.killed(path, folder.resolve("before"));
    recording.writer().finish();
    // what a writer leaves that dies between the two: the rows and the segment
    try (Connection connection = connect(path);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("ATTACH '" + logged + "' AS logged");
      statement.executeUpdate("INSERT INTO wal SELECT * FROM logged.wal");
      statement.executeUpdate("UPDATE recordings SET complete = 0");
    }
    RezRoundTripTest.expect(recording.expected(), path, false);
    try (RezWriter resumed = RezWriter.adopt(path, RezWriterOptions.standard(0))) {
      assertEquals(List.of("0"), sql(path, "SELECT COUNT(*) FROM wal"));
    }
    RezRoundTripTest.expect(recording.expected(), path, false);
  }

  @Test
  void reads_a_killed_archive_from_a_folder_that_cannot_be_written() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 4, 20).append(50);
    Path killed = Recordings.killed(path, folder.resolve("killed"));
    Map<String, Long> before = listing(killed.getParent());
    byte[] main = Files.readAllBytes(killed);
    killed.getParent().toFile().setWritable(false);
    try {
      RezRoundTripTest.expect(recording.expected(), killed, false);
    } finally {
      killed.getParent().toFile().setWritable(true);
    }
    assertArrayEquals(main, Files.readAllBytes(killed));
    assertEquals(before, listing(killed.getParent()));
    recording.writer().close();
  }

  @Test
  void removes_the_copy_that_a_killed_archive_was_read_from() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 4, 20).append(50);
    Path killed = Recordings.killed(path, folder.resolve("killed"));
    long before = copies();
    try (RezFile file = RezFile.open(killed)) {
      assertEquals(before + 1, copies());
      assertFalse(file.recordings().get(0).complete());
    }
    assertEquals(before, copies());
    recording.writer().close();
  }

  @Test
  void first_segments_may_be_gone() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 5, 10).append(80);
    long cutoff = Recordings.START + 40 * Recordings.TICK;
    recording.writer().evict(cutoff);
    List<String> first = sql(path, "SELECT MIN(seq) FROM segments");
    assertTrue(Integer.parseInt(first.get(0)) > 0);
    try (RezFile file = RezFile.open(path)) {
      var found = Expected.read(file.recordings().get(0));
      recording
          .expected()
          .tables()
          .forEach(
              (table, rows) ->
                  rows.tailMap(cutoff)
                      .forEach((ts, row) -> assertEquals(row, found.get(table).get(ts))));
    }
    recording.writer().close();
  }

  @Test
  void refuses_what_is_no_archive_of_this_version() throws Exception {
    Path path = folder.resolve("a.rez");
    new Recordings(path, 1, 10).append(3).writer().finish();
    try (Connection connection = connect(path);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE schema_version SET version = 4");
    }
    expectRefused(path, "of another version");
    Path other = folder.resolve("other.rez");
    try (Connection connection = connect(other);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE recordings(id)");
    }
    expectRefused(other, "no .rez archive");
    expectRefused(Files.writeString(folder.resolve("text.rez"), "hello"), "not a .rez archive");
    expectRefused(Files.createFile(folder.resolve("empty.rez")), "not a .rez archive");
    assertThrows(NoSuchFileException.class, () -> RezFile.open(folder.resolve("none.rez")));
  }

  private static void expectRefused(Path path, String message) {
    IOException refused = assertThrows(IOException.class, () -> RezFile.open(path));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(refused.getMessage().startsWith(path.toString()), refused.getMessage());
  }

  private static long copies() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("rezolus-")).count();
    }
  }

  private static Map<String, Long> listing(Path folder) throws IOException {
    Map<String, Long> listing = new java.util.TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        listing.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return listing;
  }

  static Connection connect(Path path) throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(SideFiles.uri(path, ""));
    return source.getConnection();
  }

  static List<String> sql(Path path, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect(path);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}

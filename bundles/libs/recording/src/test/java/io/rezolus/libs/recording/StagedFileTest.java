package io.rezolus.libs.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.spool.Spool;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {
  @TempDir Path dir;

  @Test
  void what_a_killed_process_of_the_same_id_left_is_no_obstacle() throws IOException {
    Path target = dir.resolve("out");
    // never closed, as when the process is killed
    StagedFile killed = new StagedFile(target);
    Files.writeString(killed.path(), "half of a longer file");
    try (StagedFile staged = new StagedFile(target)) {
      Files.writeString(staged.path(), "whole");
      staged.publish();
    }
    assertEquals("whole", Files.readString(target));
    assertFalse(Files.exists(killed.path()));
  }

  @Test
  void an_earlier_file_stays_until_the_new_one_is_published() throws IOException {
    Path target = Files.writeString(dir.resolve("out"), "earlier");
    try (StagedFile staged = new StagedFile(target)) {
      Files.writeString(staged.path(), "half");
    }
    assertEquals("earlier", Files.readString(target));
    assertEquals(1, dir.toFile().list().length);
  }

  @Test
  void a_file_that_replaces_another_is_open_to_whom_that_one_was() throws IOException {
    Path target = Files.writeString(dir.resolve("private"), "former");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--r-----"));
    try (StagedFile staged = new StagedFile(target)) {
      Files.writeString(staged.path(), "new");
      assertEquals(
          "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(staged.path())));
      staged.publish();
    }
    assertEquals("new", Files.readString(target));
    assertEquals("r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
  }

  @Test
  void a_plain_spool_replaces_the_file_that_a_link_leads_to_and_is_as_private() throws IOException {
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("file"), "former");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), file);
    Spool spool = Spool.createPlain(link);
    spool.append(new byte[] {1, 2});
    spool.publish(link);
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(1, elsewhere.toFile().list().length);
  }

  @Test
  void a_link_stays_and_the_file_it_leads_to_is_replaced() throws IOException {
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("file"), "former");
    Path link = Files.createSymbolicLink(dir.resolve("link"), file);
    try (StagedFile staged = new StagedFile(link)) {
      assertEquals(StagedFile.partial(link), staged.path());
      Files.writeString(staged.path(), "new");
      staged.publish();
    }
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals(1, elsewhere.toFile().list().length);
  }

  @Test
  void what_is_no_file_is_not_replaced_by_one() throws Exception {
    Path pipe = dir.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> new StagedFile(pipe));
    assertEquals("not a regular file; expected the name of one", refused.getReason());
    assertEquals(1, dir.toFile().list().length);
  }
}

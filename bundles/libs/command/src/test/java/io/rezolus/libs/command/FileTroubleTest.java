package io.rezolus.libs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
  @TempDir Path dir;

  @Test
  void names_the_file_and_the_cause() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertEquals(
        dir.resolve("none/file") + ": no such file or folder",
        trouble(() -> Files.createFile(dir.resolve("none/file"))));
    assertEquals(file + ": exists already", trouble(() -> Files.createFile(file)));
    assertEquals(
        file.resolve("x") + ": not a directory",
        trouble(() -> Files.createFile(file.resolve("x"))));
    Path name = dir.resolve("n".repeat(300));
    assertEquals(name + ": file name too long", trouble(() -> Files.createFile(name)));
  }

  @Test
  void says_that_permission_is_denied() {
    assertEquals("/f: permission denied", FileTrouble.of(new AccessDeniedException("/f")));
    assertEquals("permission denied", FileTrouble.cause(new AccessDeniedException("/f")));
  }

  @Test
  void says_what_the_file_system_says() {
    FileSystemException error = new FileSystemException("/f", null, "Read-only file system");
    assertEquals("/f: read-only file system", FileTrouble.of(error));
    assertEquals("java.io.IOException", FileTrouble.of(new IOException()));
    assertEquals("full", FileTrouble.of(new IOException("full")));
  }

  private static String trouble(org.junit.jupiter.api.function.Executable executable) {
    return FileTrouble.of(assertThrows(IOException.class, executable));
  }
}

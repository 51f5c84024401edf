package io.rezolus.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where an interactive shell remembers what was typed. */
final class ShellHistory {
  private ShellHistory() {}

  /**
   * {@code rezolus/shell-history} in {@code XDG_STATE_HOME} or {@code ~/.local/state}, readable by
   * its owner only.
   *
   * @return null where it cannot be written
   */
  static Path file() {
    String state = System.getenv("XDG_STATE_HOME");
    Path directory =
        (state != null && !state.isEmpty()
                ? Path.of(state)
                : UserHome.path().resolve(".local/state"))
            .resolve("rezolus");
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
    return Files.isWritable(directory) ? directory.resolve("shell-history") : null;
  }
}

package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory on which nothing can be changed, not even by root. */
record ReadOnlyDisk(Path path, boolean mounted) implements AutoCloseable {
  /**
   * Mounts it, if this process may do that.
   *
   * @param at where; created
   * @param files what is on it
   */
  static ReadOnlyDisk with(Path at, Path... files) throws IOException, InterruptedException {
    Files.createDirectory(at);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "readonly", at.toString());
    if (mounted) {
      for (Path file : files) {
        Files.copy(file, at.resolve(file.getFileName()));
      }
      mounted = run("mount", "-o", "remount,ro", at.toString());
    }
    return new ReadOnlyDisk(at, mounted);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "-l", path.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}

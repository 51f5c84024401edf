package io.rezolus.test.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory that is soon full. */
public final class SmallDisk implements AutoCloseable {
  private final Path at;
  private final boolean mounted;

  /**
   * Mounts it, if this process may do that.
   *
   * @param at where; created
   */
  public SmallDisk(Path at, int kibibytes) throws IOException, InterruptedException {
    this.at = at;
    Files.createDirectory(at);
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "small", at.toString());
  }

  /** False where mounting takes more rights than this process has. */
  public boolean mounted() {
    return mounted;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (mounted) {
      run("umount", "-l", at.toString());
    }
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

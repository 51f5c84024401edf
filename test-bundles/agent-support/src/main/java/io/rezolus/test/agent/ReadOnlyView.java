package io.rezolus.test.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder seen at another place, where nothing in it can be changed by anybody. */
public final class ReadOnlyView implements AutoCloseable {
  private final Path at;
  private final boolean mounted;

  /**
   * Mounts it, if this process may do that.
   *
   * @param at where; created
   */
  public ReadOnlyView(Path folder, Path at) throws IOException, InterruptedException {
    this.at = at;
    Files.createDirectory(at);
    boolean bound = Mounts.run("mount", "--bind", folder.toString(), at.toString());
    mounted = bound && Mounts.run("mount", "-o", "remount,bind,ro", at.toString());
    if (bound && !mounted) {
      Mounts.run("umount", "-l", at.toString());
    }
  }

  /** False where mounting takes more rights than this process has. */
  public boolean mounted() {
    return mounted;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (mounted) {
      Mounts.run("umount", "-l", at.toString());
    }
  }
}

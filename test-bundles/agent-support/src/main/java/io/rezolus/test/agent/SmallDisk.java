package io.rezolus.test.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory that is soon full. */
public final class SmallDisk implements AutoCloseable {
  /** The file that takes the room. */
  public static final String FILLER = "filler";

  private static final int PAGE = 4096;

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
    mounted =
        Mounts.run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "small", at.toString());
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

  /**
   * Takes all its room but some.
   *
   * @param pages of 4 KiB that stay free
   */
  public void fill(int pages) throws IOException {
    Path filler = at.resolve(FILLER);
    Files.deleteIfExists(filler);
    long room = at.toFile().getUsableSpace() / PAGE - pages;
    Files.write(filler, new byte[(int) Math.max(0, room) * PAGE]);
  }

  /** Gives back what {@link #fill} took. */
  public void empty() throws IOException {
    Files.deleteIfExists(at.resolve(FILLER));
  }
}

package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system that is soon full; tests that need one are skipped where none can be mounted. */
final class FullDisk implements AutoCloseable {
  private final Path at;

  private FullDisk(Path at) {
    this.at = at;
  }

  static FullDisk mount(Path at, int kibibytes) throws IOException, InterruptedException {
    Files.createDirectory(at);
    int status =
        new ProcessBuilder(
                "mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "rezolus", at.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assumeTrue(status == 0, "mounting a small file system takes root");
    return new FullDisk(at);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    new ProcessBuilder("umount", "-l", at.toString()).start().waitFor();
  }
}

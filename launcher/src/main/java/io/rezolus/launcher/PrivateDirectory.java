package io.rezolus.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of this process alone, mode 0700: bundle cache and unpacked native libraries. */
final class PrivateDirectory implements AutoCloseable {
  private final Path path;

  /** Where a signal ends the process. */
  private final Thread atExit = new Thread(this::remove, "rezolus-remove");

  PrivateDirectory() throws IOException {
    path = Files.createTempDirectory("rezolus-");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  Path path() {
    return path;
  }

  /** Removes the directory and everything below it. */
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // it is running
    }
  }

  private void remove() {
    List<Path> deepestFirst;
    try (Stream<Path> below = Files.walk(path)) {
      deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return; // nothing more can be done for a temporary directory that cannot be listed
    }
    for (Path each : deepestFirst) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        // the rest is still worth deleting
      }
    }
  }
}

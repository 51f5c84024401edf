package io.rezolus.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of this process alone, mode 0700: bundle cache and unpacked native libraries. It lies
 * where temporary files go; where that is mounted without execution, which libraries need, in the
 * user's cache.
 */
final class PrivateDirectory implements AutoCloseable {
  private static final String PREFIX = "rezolus-";

  private final Path path;

  /** Where a signal ends the process. */
  private final Thread atExit = new Thread(this::remove, "rezolus-remove");

  PrivateDirectory() throws IOException {
    String given = System.getenv("TMPDIR");
    Path usual = Path.of(System.getProperty("java.io.tmpdir"));
    Path first = create(given != null && given.startsWith("/") ? Path.of(given) : usual);
    if (first == null) {
      first = Files.createTempDirectory(usual, PREFIX); // or the reason why not
    }
    Path second = allowsExecution(first) ? null : create(cache());
    if (second != null && allowsExecution(second)) {
      Files.delete(first);
      path = second;
    } else {
      // what needs a native library says that it has none
      path = first;
    }
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private static Path cache() {
    return UserHome.isRoot()
        ? Path.of("/var/cache/rezolus")
        : UserHome.path().resolve(".cache/rezolus");
  }

  /** A fresh directory, or null where there can be none. */
  private static Path create(Path below) {
    try {
      Files.createDirectories(below);
      return Files.createTempDirectory(below, PREFIX);
    } catch (IOException e) {
      return null;
    }
  }

  /** The kernel refuses execution of what lies on a file system mounted so, to root as well. */
  private static boolean allowsExecution(Path directory) throws IOException {
    Path probe =
        Files.createFile(
            directory.resolve("probe"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      return Files.isExecutable(probe);
    } finally {
      Files.delete(probe);
    }
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

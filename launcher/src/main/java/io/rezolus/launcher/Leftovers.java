package io.rezolus.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories of processes that were killed, which could remove nothing. A process locks a file in
 * its directory for as long as it lives, whatever namespace of process ids it is in.
 */
final class Leftovers {
  private static final String LOCK = "lock";

  private Leftovers() {}

  /**
   * Takes the lock of a directory, which ends with the process or with the channel.
   *
   * @return the channel that holds it
   */
  static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  /** Removes the directories beside one that are named like it and locked by nobody. */
  static void sweep(Path directory, String prefix) {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(directory.toAbsolutePath().getParent(), prefix + "*")) {
      for (Path each : all) {
        if (isLeft(each)) {
          remove(each);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // left to the next one
    }
  }

  /** Removes a directory and everything below it, as far as possible. */
  static void remove(Path directory) {
    List<Path> deepestFirst;
    try (Stream<Path> below = Files.walk(directory)) {
      deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
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

  private static boolean isLeft(Path directory) {
    // without a lock file it is about to be locked, or another's
    Path file = directory.resolve(LOCK);
    if (Files.isSymbolicLink(directory) || !Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }
}

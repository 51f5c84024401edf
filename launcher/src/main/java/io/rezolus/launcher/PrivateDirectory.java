package io.rezolus.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A directory of this process alone, mode 0700: bundle cache and unpacked native libraries. It lies
 * where temporary files go; where that is mounted without execution, which libraries need, in the
 * user's cache.
 */
final class PrivateDirectory implements AutoCloseable {
  private static final String PREFIX = "rezolus-";
  private static final int PASSES = 50;
  private static final int QUIET = 10;
  private static final int PAUSE_MILLIS = 10;

  /** For a bundle to get through its start. */
  private static final long HELD_MILLIS = 2000;

  /** Open once nobody begins to write below any more: the start is over, or held up for good. */
  private final CountDownLatch settled = new CountDownLatch(1);

  private Path path;
  private FileChannel lock;
  private volatile boolean ending;

  /** Where a signal ends the process. */
  private final Thread atExit = new Thread(this::removeBelowOthers, "rezolus-remove");

  PrivateDirectory() throws IOException {
    Runtime.getRuntime().addShutdownHook(atExit);
    create();
  }

  private synchronized void create() throws IOException {
    if (ending) {
      throw new IOException("the process ends");
    }
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
    lock = Leftovers.lock(path);
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

  /** Called again and again by what starts: it gets no further while the process ends. */
  void holdAtExit() {
    if (ending) {
      settled.countDown();
      while (true) {
        LockSupport.park();
      }
    }
  }

  /** Nothing is being started any more. */
  void started() {
    settled.countDown();
  }

  /** Removes the directory and everything below it, and what killed processes left. */
  @Override
  public void close() {
    Leftovers.remove(path);
    Leftovers.sweep(path, PREFIX);
    try {
      lock.close();
    } catch (IOException e) {
      // it ends with the process
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // it is running
    }
  }

  /** What is still at work would complain of every file that is gone, and may add some. */
  private void removeBelowOthers() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    synchronized (this) {
      ending = true;
    }
    try {
      boolean held = path == null || settled.await(HELD_MILLIS, TimeUnit.MILLISECONDS);
      removeUntilGone(held ? QUIET : 2 * QUIET);
    } catch (InterruptedException e) {
      return;
    }
  }

  private void removeUntilGone(int quiet) throws InterruptedException {
    int gone = path == null ? quiet : 0;
    for (int pass = 0; pass < PASSES && gone < quiet; pass++) {
      Leftovers.remove(path);
      gone = Files.exists(path) ? 0 : gone + 1;
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}

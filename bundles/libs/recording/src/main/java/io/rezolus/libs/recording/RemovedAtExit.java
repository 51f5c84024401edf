package io.rezolus.libs.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or folder that does not outlive the process, also where a signal ends it while the file is
 * in use.
 */
public final class RemovedAtExit implements Closeable {
  private final Path path;
  private final Thread hook;
  private boolean ending;

  /**
   * @param path a file, or a folder of files; need not be there yet
   */
  public RemovedAtExit(Path path) {
    this.path = path;
    hook = new Thread(this::atExit, "rezolus-remove");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      atExit(); // the process is ending
    }
  }

  /**
   * Creates it as a file.
   *
   * @throws IOException when it cannot be created, or the process is ending
   */
  synchronized void create() throws IOException {
    if (ending) {
      throw new IOException(path + ": not written, the process is ending");
    }
    Files.createFile(path);
  }

  private synchronized void atExit() {
    ending = true;
    try {
      remove();
    } catch (IOException e) {
      // nobody is left to be told
      return;
    }
  }

  private void remove() throws IOException {
    if (Files.isDirectory(path)) {
      List<Path> files;
      try (Stream<Path> listed = Files.list(path)) {
        files = listed.toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(path);
  }

  /** Lets it be: it is where it shall stay. */
  public void keep() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending, and the hook finds nothing or removes what is half done
      return;
    }
  }

  /** Removes it now. */
  @Override
  public void close() throws IOException {
    remove();
    keep();
  }
}

package io.rezolus.test.kernel;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A fresh child of the root cgroup of the cpu controller, in whichever hierarchy this host has it.
 * Takes single threads or whole processes.
 */
public final class CpuCgroup implements AutoCloseable {
  private static final int REMOVAL_ATTEMPTS = 1200;
  private static final long REMOVAL_PAUSE_NANOS = 50_000_000;
  private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path V2 = Path.of("/sys/fs/cgroup");

  private final Path path;

  /**
   * @param name unique among the children of the root
   * @throws IOException where the kernel refuses it
   */
  public CpuCgroup(String name) throws IOException {
    path = Files.createDirectory(root().resolve(name));
    if (!version1()) {
      // a domain takes whole processes only
      Files.writeString(path.resolve("cgroup.type"), "threaded");
    }
  }

  /**
   * A cgroup whose name no other process uses, nor one that was killed before it could clean up.
   */
  public static CpuCgroup ofThisProcess(String name) throws IOException {
    return new CpuCgroup(name + '-' + ProcessHandle.current().pid());
  }

  /** Whether this process may make such cgroups; turns the controller on in a v2 hierarchy. */
  public static boolean available() {
    if (version1()) {
      return Files.isWritable(V1.resolve("tasks"));
    }
    try {
      if (!Files.readString(V2.resolve("cgroup.controllers")).matches("(?s).*\\bcpu\\b.*")) {
        return false;
      }
      Files.writeString(V2.resolve("cgroup.subtree_control"), "+cpu");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public Path path() {
    return path;
  }

  /** The label {@code name} of its metrics. */
  public String label() {
    return "/" + path.getFileName();
  }

  /** The file that takes a tid, to move that thread here. */
  public Path threads() {
    return threads(path);
  }

  /** The file that takes a pid, to move that process with all its threads here. */
  public Path processes() {
    return path.resolve("cgroup.procs");
  }

  public void add(long tid) throws IOException {
    Files.writeString(threads(), Long.toString(tid));
  }

  /** Moves a thread back to the root cgroup. */
  public void remove(long tid) throws IOException {
    Files.writeString(threads(root()), Long.toString(tid));
  }

  /** Moves out whatever is still inside and removes the cgroup. */
  @Override
  public void close() throws IOException {
    List<String> left = Files.readAllLines(threads());
    for (String tid : left) {
      try {
        Files.writeString(threads(root()), tid);
      } catch (IOException gone) {
        // it ended by itself
      }
    }
    // a thread that ends keeps its cgroup busy until the kernel is done with it
    for (int attempt = 1; ; attempt++) {
      try {
        Files.delete(path);
        return;
      } catch (FileSystemException busy) {
        if (attempt == REMOVAL_ATTEMPTS) {
          throw busy;
        }
        LockSupport.parkNanos(REMOVAL_PAUSE_NANOS);
      }
    }
  }

  private static Path threads(Path cgroup) {
    return cgroup.resolve(version1() ? "tasks" : "cgroup.threads");
  }

  private static boolean version1() {
    return Files.isDirectory(V1);
  }

  private static Path root() {
    return version1() ? V1 : V2;
  }
}

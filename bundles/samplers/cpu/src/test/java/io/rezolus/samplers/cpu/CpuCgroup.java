package io.rezolus.samplers.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fresh cgroup of the cpu controller, in whichever hierarchy this host has it. */
final class CpuCgroup implements AutoCloseable {
  private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path V2 = Path.of("/sys/fs/cgroup");

  private final Path path;

  CpuCgroup(String purpose) throws IOException {
    Path root = V1;
    if (!Files.isDirectory(V1)) {
      root = V2;
      Files.writeString(V2.resolve("cgroup.subtree_control"), "+cpu");
    }
    path = root.resolve("cpu-test-" + purpose + '-' + ProcessHandle.current().pid());
    Files.createDirectory(path);
  }

  static boolean available() throws IOException {
    if (Files.isDirectory(V1)) {
      return Files.isWritable(V1);
    }
    Path controllers = V2.resolve("cgroup.controllers");
    return Files.isWritable(V2)
        && Files.exists(controllers)
        && Files.readString(controllers).matches("(?s).*\\bcpu\\b.*");
  }

  /** The file that takes the pid of a process to move here. */
  Path members() {
    return path.resolve("cgroup.procs");
  }

  /** The label that our metrics give it. */
  String label() {
    return "/" + path.getFileName();
  }

  @Override
  public void close() throws IOException {
    Files.delete(path);
  }
}

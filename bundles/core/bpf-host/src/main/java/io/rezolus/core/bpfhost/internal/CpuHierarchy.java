package io.rezolus.core.bpfhost.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the cgroup hierarchy with the cpu controller is mounted. */
final class CpuHierarchy {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final String DEFAULT = "/sys/fs/cgroup";

  private CpuHierarchy() {}

  static String mountPoint() {
    try {
      return mountPoint(Files.readAllLines(MOUNTS));
    } catch (IOException e) {
      return DEFAULT;
    }
  }

  /** A version 1 mount of the cpu controller, else the version 2 mount, else the usual place. */
  static String mountPoint(List<String> mounts) {
    String unified = DEFAULT;
    for (String line : mounts) {
      String[] fields = line.split(" ");
      if (fields.length < 4) {
        continue;
      }
      if (fields[2].equals("cgroup") && List.of(fields[3].split(",")).contains("cpu")) {
        return fields[1];
      }
      if (fields[2].equals("cgroup2")) {
        unified = fields[1];
      }
    }
    return unified;
  }
}

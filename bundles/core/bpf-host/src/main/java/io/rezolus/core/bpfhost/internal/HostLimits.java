package io.rezolus.core.bpfhost.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sizes of this host's key spaces, from the kernel's own files. */
final class HostLimits {
  private static final int MAX_CPUS = 1024;
  private static final int MIN_HIGH_TASKS = 16384;
  private static final int MAX_HIGH_TASKS = 262144;
  private static final Path POSSIBLE = Path.of("/sys/devices/system/cpu/possible");

  private HostLimits() {}

  static int possibleCpus() {
    try {
      return possibleCpus(Files.readString(POSSIBLE));
    } catch (IOException | NumberFormatException e) {
      return MAX_CPUS;
    }
  }

  /** Highest id + 1 in a list such as {@code 0-3,8-11}. */
  static int possibleCpus(String list) {
    String[] bounds = list.strip().split("[-,]");
    return Math.min(Integer.parseInt(bounds[bounds.length - 1]) + 1, MAX_CPUS);
  }

  /**
   * Room for threads with high ids. Where their entries are allocated when they are needed, room
   * costs 16 bytes each and there is plenty; elsewhere it costs 112 bytes.
   */
  static int highTasks(int cpus, KernelRelease kernel) {
    int least = kernel.allocatesInPrograms() ? 4 * MIN_HIGH_TASKS : MIN_HIGH_TASKS;
    return Math.min(Math.max(least, cpus * least / 8), MAX_HIGH_TASKS);
  }
}

package io.rezolus.core.bpfhost.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sizes of this host's key spaces, from the kernel's own files. */
final class HostLimits {
  private static final int MAX_CPUS = 1024;
  private static final int MAX_PIDS = 4194304;
  private static final Path POSSIBLE = Path.of("/sys/devices/system/cpu/possible");
  private static final Path PID_MAX = Path.of("/proc/sys/kernel/pid_max");

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

  static int pidSlots() {
    try {
      return Math.min(Integer.parseInt(Files.readString(PID_MAX).strip()), MAX_PIDS);
    } catch (IOException | NumberFormatException e) {
      return MAX_PIDS;
    }
  }
}

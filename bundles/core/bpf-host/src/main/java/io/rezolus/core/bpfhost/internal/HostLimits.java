package io.rezolus.core.bpfhost.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    // one read: a file below /proc/sys answers only at offset 0, and Files.readString starts with a
    // single byte
    try (InputStream in = Files.newInputStream(PID_MAX)) {
      byte[] text = new byte[32];
      int length = Math.max(0, in.read(text));
      String number = new String(text, 0, length, StandardCharsets.US_ASCII).strip();
      return Math.min(Integer.parseInt(number), MAX_PIDS);
    } catch (IOException | NumberFormatException e) {
      return MAX_PIDS;
    }
  }
}

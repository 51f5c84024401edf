package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do, from the effective capabilities in {@code /proc/self/status}. */
final class Privilege {
  static final String ADVICE =
      "run as root or with CAP_BPF, CAP_PERFMON and CAP_SYS_RESOURCE, outside seccomp filters and"
          + " kernel lockdown=confidentiality";

  /** What a locked down kernel does not let us do, and what to do about it. */
  static final String LOCKED_DOWN =
      "kernel lockdown=confidentiality lets no BPF program read kernel memory; boot with"
          + " lockdown=integrity or without lockdown";

  private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");
  private static final long SYS_ADMIN = 1L << 21;
  private static final long PERFMON = 1L << 38;
  private static final long BPF = 1L << 39;
  private static final Path STATUS = Path.of("/proc/self/status");

  private Privilege() {}

  static void require() throws UnsupportedException {
    long effective;
    try {
      effective =
          Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("CapEff:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .findFirst()
              .orElse(-1);
    } catch (IOException e) {
      return; // without /proc the kernel's own answer has to do
    }
    if (!suffices(effective)) {
      throw new UnsupportedException("no privilege to load BPF programs: " + ADVICE);
    }
    requireReading();
  }

  /** Kernels before 5.13 load the programs all the same, which then read zeros. */
  private static void requireReading() throws UnsupportedException {
    String level;
    try {
      level = Files.readString(LOCKDOWN);
    } catch (IOException e) {
      return; // no lockdown, or no securityfs: the verifier will tell
    }
    if (deniesReading(level)) {
      throw new UnsupportedException(LOCKED_DOWN);
    }
  }

  /**
   * @param level as in {@code /sys/kernel/security/lockdown}, the present one in brackets
   */
  static boolean deniesReading(String level) {
    return level.contains("[confidentiality]");
  }

  static boolean suffices(long effective) {
    return (effective & SYS_ADMIN) != 0 || (effective & (BPF | PERFMON)) == (BPF | PERFMON);
  }
}

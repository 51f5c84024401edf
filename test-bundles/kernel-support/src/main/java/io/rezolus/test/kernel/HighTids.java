package io.rezolus.test.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * While it is open, whatever starts on this host has a thread id far beyond 32768. Both the largest
 * id and the last one are put back when it is closed.
 */
public final class HighTids implements AutoCloseable {
  /** Every lower id is the index of an array in the programs; see {@code bpf/include/limits.h}. */
  public static final int LOW_TIDS = 32768;

  private static final int MOST = 4194304;
  private static final int FIRST = 1_000_000;
  private static final Path PID_MAX = Path.of("/proc/sys/kernel/pid_max");
  private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");

  private final String most;
  private final String last;

  private HighTids() throws IOException {
    most = read(PID_MAX);
    last = read(LAST_PID);
    Files.writeString(PID_MAX, Integer.toString(MOST));
    int next = ThreadLocalRandom.current().nextInt(FIRST, MOST - FIRST);
    Files.writeString(LAST_PID, Integer.toString(next));
  }

  /** Skips the test, with the reason, where this process may not choose ids. */
  public static HighTids assume() throws IOException {
    assumeTrue(
        Files.isWritable(PID_MAX) && Files.isWritable(LAST_PID),
        "this process may not raise kernel.pid_max and kernel.ns_last_pid");
    return new HighTids();
  }

  /** By one read: such a file answers only at offset 0. */
  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = new byte[32];
      return new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.US_ASCII).strip();
    }
  }

  @Override
  public void close() throws IOException {
    Files.writeString(LAST_PID, last);
    Files.writeString(PID_MAX, most);
  }
}

package io.rezolus.bench.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a recorder ended that was told to.
 *
 * @param placed milliseconds until the recording had its name; -1 where it never had
 * @param exited milliseconds until the process was gone
 * @param before peak of its resident memory when it was told, MiB
 * @param after the same at its end
 */
record Ending(double placed, double exited, long before, long after) {
  private static final String PEAK = "VmHWM:";

  /** Ends a process and watches it, a look a millisecond. */
  static Ending of(long pid, Path file) throws IOException, InterruptedException {
    ProcessHandle process =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid));
    Path status = Path.of("/proc/" + pid + "/status");
    long before = peak(status);
    long after = before;
    long told = System.nanoTime();
    process.destroy();
    double placed = -1;
    while (true) {
      // in this order: what is gone has had its chance to place the file
      long peak = peak(status);
      if (placed < 0 && Files.exists(file)) {
        placed = since(told);
      }
      if (peak < 0) {
        break;
      }
      after = peak;
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return new Ending(placed, since(told), before >> 10, after >> 10);
  }

  @Override
  public String toString() {
    return String.format("%.0f %.0f %d %d%n", placed, exited, before, after);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** KiB, or -1 when the process has no memory any more. */
  private static long peak(Path status) {
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // gone
    }
    return -1;
  }
}

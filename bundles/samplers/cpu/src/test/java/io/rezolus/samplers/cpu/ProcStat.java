package io.rezolus.samplers.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The kernel's own counts for the whole host. */
final class ProcStat {
  /** Row names of {@code /proc/softirqs} and what we call them. */
  static final Map<String, String> SOFTIRQS =
      Map.of(
          "HI", "hi",
          "TIMER", "timer",
          "NET_TX", "net_tx",
          "NET_RX", "net_rx",
          "BLOCK", "block",
          "IRQ_POLL", "irq_poll",
          "TASKLET", "tasklet",
          "SCHED", "sched",
          "HRTIMER", "hrtimer",
          "RCU", "rcu");

  private static final Path SOFTIRQ_COUNTS = Path.of("/proc/softirqs");

  private ProcStat() {}

  /** User and nice time of all CPUs, as sampled by the tick. */
  static long userNanos() throws IOException {
    return nanos(1, 2);
  }

  /** User, nice, system and interrupt time of all CPUs. */
  static long busyNanos() throws IOException {
    return nanos(1, 2, 3, 6, 7);
  }

  /** Time of all CPUs without a task to run, whether or not one waits for a device. */
  static long idleNanos() throws IOException {
    return nanos(4, 5);
  }

  private static long nanos(int... columns) throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
    return IntStream.of(columns).mapToLong(column -> Long.parseLong(fields[column])).sum()
        * 10_000_000;
  }

  /** Softirqs of all CPUs by our name of the kind. */
  static Map<String, Long> softirqs() throws IOException {
    Map<String, Long> counts = new HashMap<>();
    List<String> lines = Files.readAllLines(SOFTIRQ_COUNTS);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.strip().split(":? +");
      long sum = 0;
      for (int i = 1; i < fields.length; i++) {
        sum += Long.parseLong(fields[i]);
      }
      counts.put(SOFTIRQS.get(fields[0]), sum);
    }
    return counts;
  }
}

package io.rezolus.samplers.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
    return (Long.parseLong(fields[1]) + Long.parseLong(fields[2])) * 10_000_000;
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

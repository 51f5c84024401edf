package io.rezolus.bench;

import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.RunStatistics;
import io.rezolus.core.bpfhost.TaskTable;
import io.rezolus.core.bpfhost.internal.LibbpfHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the hot BPF programs cost per event, beside an empty program on the same hook in the same
 * run: the kernel's own run statistics, medians over rounds. Rounds of workloads whose thread ids
 * are low take turns with rounds of workloads whose ids are beyond the arrays.
 *
 * <p>Run as root by {@code bench/bpf-cost.sh}; needs {@code perf}.
 */
public final class BpfCost {
  private static final Path SWITCH = Path.of("/proc/sys/kernel/bpf_stats_enabled");
  private static final int ROUNDS = 7;
  private static final int LOW_TIDS = 32768;
  private static final int HIGHEST_TID = 4194304;
  private static final Path PID_MAX = Path.of("/proc/sys/kernel/pid_max");
  private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
  private static final List<String> SCHEDULER = List.of("sched_switch", "sched_wakeup");
  private static final List<String> SYSCALL = List.of("sys_enter", "sys_exit");

  private BpfCost() {}

  public static void main(String[] args) throws Exception {
    String before = Files.readString(SWITCH);
    String mostBefore = read(PID_MAX);
    try (LibbpfHost host = new LibbpfHost(BpfCost.class.getClassLoader()::getResource);
        BpfObject empty = host.load(empty());
        BpfObject scheduler = host.load(scheduler(host));
        BpfObject syscall = host.load(syscall(host))) {
      Files.writeString(SWITCH, "1");
      Files.writeString(PID_MAX, Integer.toString(HIGHEST_TID));
      System.out.printf(
          "%-14s %-6s %10s %10s %10s%n", "hook", "tids", "ours ns", "empty ns", "multiple");
      measure(SCHEDULER, scheduler, empty, "perf", "bench", "sched", "pipe", "-l", "100000");
      measure(SYSCALL, syscall, empty, "perf", "bench", "syscall", "basic", "-l", "1000000");
    } finally {
      Files.writeString(SWITCH, before);
      Files.writeString(PID_MAX, mostBefore);
    }
  }

  private static void measure(
      List<String> hooks, BpfObject ours, BpfObject empty, String... workload)
      throws IOException, InterruptedException {
    double[][][] our = new double[2][hooks.size()][ROUNDS];
    double[][][] nothing = new double[2][hooks.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int tids = 0; tids < 2; tids++) {
        RunStatistics[] oursBefore = statistics(ours, hooks);
        RunStatistics[] emptyBefore = statistics(empty, hooks);
        run(tids == 1, workload);
        RunStatistics[] oursAfter = statistics(ours, hooks);
        RunStatistics[] emptyAfter = statistics(empty, hooks);
        for (int i = 0; i < hooks.size(); i++) {
          our[tids][i][round] = perRun(oursBefore[i], oursAfter[i]);
          nothing[tids][i][round] = perRun(emptyBefore[i], emptyAfter[i]);
        }
      }
    }
    for (int i = 0; i < hooks.size(); i++) {
      for (int tids = 0; tids < 2; tids++) {
        double a = median(our[tids][i]);
        double b = median(nothing[tids][i]);
        System.out.printf(
            "%-14s %-6s %10.1f %10.1f %10.2f%n",
            hooks.get(i), tids == 0 ? "low" : "high", a, b, a / b);
      }
    }
  }

  private static RunStatistics[] statistics(BpfObject object, List<String> hooks) {
    return hooks.stream().map(object::runStatistics).toArray(RunStatistics[]::new);
  }

  private static double perRun(RunStatistics from, RunStatistics to) {
    return (double) (to.nanos() - from.nanos()) / (to.runs() - from.runs());
  }

  /** By one read: such a file answers only at offset 0. */
  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = new byte[32];
      return new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.US_ASCII).strip();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** A workload gets ids from near the start of the low or of the high range. */
  private static void run(boolean high, String... command)
      throws IOException, InterruptedException {
    String last = read(LAST_PID);
    int first = ThreadLocalRandom.current().nextInt(LOW_TIDS / 2);
    Files.writeString(LAST_PID, Integer.toString((high ? HIGHEST_TID / 2 : LOW_TIDS / 4) + first));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": failed; is linux-perf installed?");
      }
      if (process.pid() >= LOW_TIDS != high) {
        throw new IOException("the workload had id " + process.pid() + "; may ids be chosen here?");
      }
    } finally {
      Files.writeString(LAST_PID, last);
    }
  }

  private static BpfObjectSpec empty() {
    BpfObjectSpec.Builder spec = BpfObjectSpec.builder("empty");
    SCHEDULER.forEach(hook -> spec.hook(Hook.of(hook, "tp_btf")));
    SYSCALL.forEach(hook -> spec.hook(Hook.of(hook, "tp_btf")));
    return spec.build();
  }

  private static BpfObjectSpec scheduler(BpfHost host) {
    return BpfObjectSpec.builder("scheduler")
        .constant("runqueue", true)
        .constant("migrations", true)
        .mapEntries("task_stamps_high", host.highTasks())
        .mapEntries("cpu_counters", host.possibleCpus())
        .hook(Hook.tracepoint(TaskTable.HOOK))
        .hook(Hook.tracepoint("sched_wakeup"))
        .hook(Hook.tracepoint("sched_wakeup_new"))
        .hook(Hook.tracepoint("sched_switch"))
        .hook(Hook.tracepoint("sched_migrate_task"))
        .hook(Hook.tracepoint("cgroup_rmdir"))
        .build();
  }

  private static BpfObjectSpec syscall(BpfHost host) {
    return BpfObjectSpec.builder("syscall")
        .constant("counts", true)
        .constant("latency", true)
        .mapEntries("starts_high", host.highTasks())
        .mapEntries("cpu_counters", host.possibleCpus())
        .hook(Hook.tracepoint(TaskTable.HOOK))
        .hook(Hook.tracepoint("sys_enter"))
        .hook(Hook.tracepoint("sys_exit"))
        .hook(Hook.tracepoint("sched_process_fork"))
        .hook(Hook.tracepoint("cgroup_rmdir"))
        .build();
  }
}

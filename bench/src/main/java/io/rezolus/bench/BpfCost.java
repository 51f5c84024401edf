package io.rezolus.bench;

import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.RunStatistics;
import io.rezolus.core.bpfhost.internal.LibbpfHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the hot BPF programs cost per event, beside an empty program on the same hook in the same
 * run: the kernel's own run statistics, medians over rounds.
 *
 * <p>Run as root by {@code bench/bpf-cost.sh}; needs {@code perf}.
 */
public final class BpfCost {
  private static final Path SWITCH = Path.of("/proc/sys/kernel/bpf_stats_enabled");
  private static final int ROUNDS = 7;
  private static final List<String> SCHEDULER = List.of("sched_switch", "sched_wakeup");
  private static final List<String> SYSCALL = List.of("sys_enter", "sys_exit");

  private BpfCost() {}

  public static void main(String[] args) throws Exception {
    String before = Files.readString(SWITCH);
    try (LibbpfHost host = new LibbpfHost(BpfCost.class.getClassLoader()::getResource);
        BpfObject empty = host.load(empty());
        BpfObject scheduler = host.load(scheduler(host));
        BpfObject syscall = host.load(syscall(host))) {
      Files.writeString(SWITCH, "1");
      System.out.printf("%-14s %10s %10s %10s%n", "hook", "ours ns", "empty ns", "multiple");
      measure(SCHEDULER, scheduler, empty, "perf", "bench", "sched", "pipe", "-l", "100000");
      measure(SYSCALL, syscall, empty, "perf", "bench", "syscall", "basic", "-l", "1000000");
    } finally {
      Files.writeString(SWITCH, before);
    }
  }

  private static void measure(
      List<String> hooks, BpfObject ours, BpfObject empty, String... workload)
      throws IOException, InterruptedException {
    double[][] our = new double[hooks.size()][ROUNDS];
    double[][] nothing = new double[hooks.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      RunStatistics[] oursBefore = statistics(ours, hooks);
      RunStatistics[] emptyBefore = statistics(empty, hooks);
      run(workload);
      RunStatistics[] oursAfter = statistics(ours, hooks);
      RunStatistics[] emptyAfter = statistics(empty, hooks);
      for (int i = 0; i < hooks.size(); i++) {
        our[i][round] = perRun(oursBefore[i], oursAfter[i]);
        nothing[i][round] = perRun(emptyBefore[i], emptyAfter[i]);
      }
    }
    for (int i = 0; i < hooks.size(); i++) {
      double a = median(our[i]);
      double b = median(nothing[i]);
      System.out.printf("%-14s %10.1f %10.1f %10.2f%n", hooks.get(i), a, b, a / b);
    }
  }

  private static RunStatistics[] statistics(BpfObject object, List<String> hooks) {
    return hooks.stream().map(object::runStatistics).toArray(RunStatistics[]::new);
  }

  private static double perRun(RunStatistics from, RunStatistics to) {
    return (double) (to.nanos() - from.nanos()) / (to.runs() - from.runs());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": failed; is linux-perf installed?");
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
        .mapEntries("task_stamps", host.pidSlots())
        .mapEntries("cpu_counters", host.possibleCpus())
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
        .mapEntries("starts", host.pidSlots())
        .mapEntries("cpu_counters", host.possibleCpus())
        .hook(Hook.tracepoint("sys_enter"))
        .hook(Hook.tracepoint("sys_exit"))
        .hook(Hook.tracepoint("sched_process_fork"))
        .hook(Hook.tracepoint("cgroup_rmdir"))
        .build();
  }
}

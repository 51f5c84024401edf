package io.rezolus.samplers.cpu;

import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.internal.LibbpfHost;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the kernel's own count and its tracepoints say of softirqs.
 *
 * <p>Kernels of hosting providers are known to hide a task of theirs: while it has the CPU, no
 * tracepoint of that CPU reaches anyone, and no run counts as missed. What the kernel counts then
 * cannot be seen by a program, but that something was hidden can: see {@link #sawAll}.
 */
final class SoftirqWitness implements AutoCloseable {
  private static final int KINDS = CpuUsageMetrics.SOFTIRQ.size();
  private static final int GAPS = KINDS + 1;
  private static final int ROW = KINDS + 2;

  private final LibbpfHost host;
  private final MappedLongs rows;
  private final int cpus;

  SoftirqWitness() throws Exception {
    host = new LibbpfHost(SoftirqWitness.class.getClassLoader()::getResource);
    try {
      cpus = host.possibleCpus();
      rows =
          host.load(
                  BpfObjectSpec.builder("softirq_witness")
                      .mapEntries("rows", cpus)
                      .hook(Hook.of("softirq_entry", "tp_btf"))
                      .hook(Hook.of("sched_switch", "tp_btf"))
                      .build())
              .map("rows");
    } catch (Exception e) {
      host.close();
      throw e;
    }
  }

  /** Softirqs of each kind on all CPUs: what the kernel counted, and what a tracepoint showed. */
  record Counts(Map<String, Long> kernel, Map<String, Long> shown) {}

  /**
   * Counts that are complete: each softirq in {@code kernel} has been through its tracepoint, so
   * that a program which is read later has seen it, and a {@code kernel} count that is read after a
   * program's has all that the program has.
   */
  Counts read() throws IOException, InterruptedException {
    Counts counts = new Counts(ProcStat.softirqs(), shown());
    settle();
    return counts;
  }

  /** Whether no task was hidden on any CPU since the start and until the last {@link #read}. */
  boolean sawAll() {
    long gaps = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      gaps += rows.get(cpu * ROW + GAPS);
    }
    return gaps == 0;
  }

  private Map<String, Long> shown() {
    return ProcStat.SOFTIRQS.values().stream().collect(Collectors.toMap(kind -> kind, this::shown));
  }

  private long shown(String kind) {
    long sum = 0;
    for (int i = 0; i < KINDS; i++) {
      if (CpuUsageMetrics.SOFTIRQ.get(i).labels().get("kind").equals(kind)) {
        for (int cpu = 0; cpu < cpus; cpu++) {
          sum += rows.get(cpu * ROW + i);
        }
      }
    }
    return sum;
  }

  /** A task that gets a CPU finds the softirqs done that had been begun there. */
  private static void settle() throws IOException, InterruptedException {
    for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
      new ProcessBuilder("taskset", "-c", Integer.toString(cpu), "true").start().waitFor();
    }
  }

  @Override
  public void close() {
    host.close();
  }
}

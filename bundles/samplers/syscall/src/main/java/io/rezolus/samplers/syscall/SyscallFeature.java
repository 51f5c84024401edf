package io.rezolus.samplers.syscall;

import io.rezolus.core.bpfhost.TaskTable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of the BPF object that can be switched on by themselves: one for each sampler. */
enum SyscallFeature {
  /** Calls entered, on the host and in each cgroup. */
  COUNTS("syscall_counts", Set.of("sys_enter"), Set.of("cgroup_rmdir")),
  /** Time from entry to exit. */
  LATENCY(
      "syscall_latency",
      Set.of("sys_enter", "sys_exit"),
      Set.of("sched_process_fork", TaskTable.HOOK));

  private final String sampler;
  private final Set<String> indispensable;
  private final Set<String> hooks;

  SyscallFeature(String sampler, Set<String> indispensable, Set<String> auxiliary) {
    this.sampler = sampler;
    this.indispensable = indispensable;
    hooks =
        Stream.concat(indispensable.stream(), auxiliary.stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The other part. */
  SyscallFeature other() {
    return this == COUNTS ? LATENCY : COUNTS;
  }

  /** Configuration name of the sampler. */
  String sampler() {
    return sampler;
  }

  /** Hooks without which this part has nothing to say. */
  Set<String> indispensable() {
    return indispensable;
  }

  /** All hooks of this part. */
  Set<String> hooks() {
    return hooks;
  }
}

package io.rezolus.samplers.syscall;

import java.util.Set;

/** The parts of the BPF object that can be switched on by themselves: one for each sampler. */
enum SyscallFeature {
  /** Calls entered, on the host and in each cgroup. */
  COUNTS("syscall_counts", Set.of("sys_enter", "cgroup_rmdir")),
  /** Time from entry to exit. */
  LATENCY("syscall_latency", Set.of("sys_enter", "sys_exit", "sched_process_fork"));

  private final String sampler;
  private final Set<String> hooks;

  SyscallFeature(String sampler, Set<String> hooks) {
    this.sampler = sampler;
    this.hooks = hooks;
  }

  /** Configuration name of the sampler. */
  String sampler() {
    return sampler;
  }

  /** Hooks without which this part is incomplete. */
  Set<String> hooks() {
    return hooks;
  }
}

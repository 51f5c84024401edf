package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.Metric;
import java.util.Arrays;
import java.util.List;

/** What the samplers of this bundle declare; lists are in the order of {@link SyscallClass}. */
final class SyscallMetrics {
  /** Host-wide entries. */
  static final List<Metric> ENTRIES =
      eachClass(Metric.counter("syscall", "syscalls", "System calls entered, by the kind of work"));

  /** Entries of the tasks in a cgroup. */
  static final List<Metric> CGROUP_ENTRIES =
      eachClass(
          Metric.counter(
              "cgroup_syscall",
              "syscalls",
              "System calls entered by the tasks of a cgroup, by the kind of work"));

  /** Distribution of durations. */
  static final List<Metric> LATENCIES =
      eachClass(
          Metric.histogram(
              "syscall_latency",
              "nanoseconds",
              "Time from entering a system call to leaving it, waiting included"));

  private SyscallMetrics() {}

  private static List<Metric> eachClass(Metric metric) {
    return Arrays.stream(SyscallClass.values()).map(c -> metric.with("op", c.op())).toList();
  }
}

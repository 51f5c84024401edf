package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.bpfhost.ProgramCost;
import java.util.ArrayList;
import java.util.List;

/** What {@code cpu_usage} exposes. All times are nanoseconds. */
final class CpuUsageMetrics {
  static final String SAMPLER = "cpu_usage";

  private static final String NANOSECONDS = "nanoseconds";

  static final Metric CPU_USER =
      Metric.counter("cpu_usage", NANOSECONDS, "Time this CPU spent on tasks and softirqs")
          .with("state", "user");
  static final Metric CPU_SYSTEM = CPU_USER.with("state", "system");
  static final Metric CPU_EXITED =
      Metric.counter(
          "cpu_usage_exited_tasks",
          NANOSECONDS,
          "The part of cpu_usage that belongs to tasks which have exited, on the CPU of their exit");

  static final Metric CGROUP_USER =
      Metric.counter("cgroup_cpu_usage", NANOSECONDS, "CPU time of the tasks of a cgroup")
          .with("state", "user");
  static final Metric CGROUP_SYSTEM = CGROUP_USER.with("state", "system");
  static final Metric CGROUP_EXITED =
      Metric.counter(
          "cgroup_cpu_usage_exited_tasks",
          NANOSECONDS,
          "The part of cgroup_cpu_usage that belongs to tasks which have exited");

  static final Metric TASK =
      Metric.counter(
          "task_cpu_usage", NANOSECONDS, "CPU time of a living thread, user and system together");

  /** The softirq vectors in the kernel's order. */
  private static final List<String> KINDS =
      List.of(
          "hi",
          "timer",
          "net_tx",
          "net_rx",
          "block",
          "irq_poll",
          "tasklet",
          "sched",
          "hrtimer",
          "rcu");

  static final List<Metric> SOFTIRQ =
      byKind(Metric.counter("softirq", "interrupts", "How often a softirq handler ran"));
  static final List<Metric> SOFTIRQ_TIME =
      byKind(
          Metric.counter(
              "softirq_time",
              NANOSECONDS,
              "Time in a softirq handler, hardware interrupts within it included"));

  private CpuUsageMetrics() {}

  static List<Metric> all() {
    List<Metric> all =
        new ArrayList<>(
            List.of(
                CPU_USER, CPU_SYSTEM, CPU_EXITED, CGROUP_USER, CGROUP_SYSTEM, CGROUP_EXITED, TASK));
    all.addAll(ProgramCost.metrics(SAMPLER));
    all.addAll(SOFTIRQ);
    all.addAll(SOFTIRQ_TIME);
    return List.copyOf(all);
  }

  private static List<Metric> byKind(Metric metric) {
    return KINDS.stream().map(kind -> metric.with("kind", kind)).toList();
  }
}

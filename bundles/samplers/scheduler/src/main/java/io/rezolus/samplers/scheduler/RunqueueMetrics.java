package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.bpfhost.ProgramCost;
import java.util.List;
import java.util.stream.Stream;

/** What {@code scheduler_runqueue} exposes. */
final class RunqueueMetrics {
  static final String SAMPLER = "scheduler_runqueue";

  static final Metric LATENCY =
      Metric.histogram(
          "scheduler_runqueue_latency",
          "nanoseconds",
          "How long a task that could run waited for a CPU, from its wakeup or preemption on");

  static final Metric RUNNING =
      Metric.histogram(
          "scheduler_running",
          "nanoseconds",
          "How long a task ran before it lost its CPU while it could have gone on");

  static final Metric OFFCPU =
      Metric.histogram(
          "scheduler_offcpu",
          "nanoseconds",
          "How long a task was blocked: from leaving its CPU to its wakeup, without the wait for"
              + " a CPU that follows");

  static final List<Column> PER_CPU =
      List.of(
          contextSwitch("involuntary", CpuCounters.INVOLUNTARY),
          contextSwitch("voluntary", CpuCounters.VOLUNTARY),
          new Column(
              Metric.counter(
                  "scheduler_runqueue_wait",
                  "nanoseconds",
                  "Time that tasks had waited for a CPU, added up on the CPU they got"),
              CpuCounters.WAIT),
          new Column(
              Metric.counter(
                  "scheduler_discarded_samples",
                  null,
                  "Scheduler timings left out because their end was stamped before their start"),
              CpuCounters.DISCARDED));

  static final List<Column> CGROUP_WAIT =
      List.of(
          new Column(
              Metric.counter(
                      "cgroup_scheduler_runqueue_wait",
                      "nanoseconds",
                      "Time that a cgroup's tasks waited for a CPU")
                  .with("state", "wait"),
              CgroupCounters.WAIT));

  static final List<Column> CGROUP_OFFCPU =
      List.of(
          new Column(
              Metric.counter(
                      "cgroup_scheduler_offcpu",
                      "nanoseconds",
                      "Time that a cgroup's tasks were blocked")
                  .with("state", "offcpu"),
              CgroupCounters.BLOCKED));

  static final List<Column> CGROUP_CONTEXT_SWITCH =
      List.of(
          cgroupContextSwitch("involuntary", CgroupCounters.INVOLUNTARY),
          cgroupContextSwitch("voluntary", CgroupCounters.VOLUNTARY));

  private RunqueueMetrics() {}

  static List<Metric> all() {
    Stream<Metric> histograms = Stream.of(LATENCY, RUNNING, OFFCPU);
    Stream<Metric> counters =
        Stream.of(PER_CPU, CGROUP_WAIT, CGROUP_OFFCPU, CGROUP_CONTEXT_SWITCH)
            .flatMap(List::stream)
            .map(Column::metric);
    return Stream.of(histograms, counters, ProgramCost.metrics(SAMPLER).stream())
        .flatMap(s -> s)
        .toList();
  }

  private static Column contextSwitch(String kind, int position) {
    return new Column(
        Metric.counter(
                "scheduler_context_switch",
                null,
                "Tasks that left a CPU: preempted or yielding (involuntary), or blocked"
                    + " (voluntary); the idle task is not counted")
            .with("kind", kind),
        position);
  }

  private static Column cgroupContextSwitch(String kind, int position) {
    return new Column(
        Metric.counter(
                "cgroup_scheduler_context_switch",
                null,
                "Times that a cgroup's tasks left a CPU: preempted or yielding (involuntary), or"
                    + " blocked (voluntary)")
            .with("kind", kind),
        position);
  }
}

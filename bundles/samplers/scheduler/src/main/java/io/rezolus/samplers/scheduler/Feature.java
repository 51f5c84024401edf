package io.rezolus.samplers.scheduler;

import io.rezolus.core.bpfhost.TaskTable;
import java.util.List;

/** A part of the scheduler object that can be had without the other. */
enum Feature {
  /** Waiting, blocking and context switches. */
  RUNQUEUE(
      RunqueueMetrics.SAMPLER,
      "runqueue",
      // the switch comes first: a wakeup that was seen must never be followed by a switch that was
      // not, or its stamp would be taken for the start of a later wait
      List.of(
          TaskTable.HOOK,
          "sched_switch",
          "sched_wakeup",
          "sched_wakeup_new",
          Feature.CGROUP_REMOVAL),
      List.of("sched_switch", "sched_wakeup", "sched_wakeup_new", Feature.CGROUP_REMOVAL)),

  /** Moves between CPUs. */
  MIGRATIONS(
      MigrationMetrics.SAMPLER,
      "migrations",
      List.of("sched_migrate_task", Feature.CGROUP_REMOVAL),
      List.of("sched_migrate_task"));

  /** Both features need it; it is loaded once. */
  static final String CGROUP_REMOVAL = "cgroup_rmdir";

  private final String sampler;
  private final String constant;
  private final List<String> hooks;
  private final List<String> chargedHooks;

  Feature(String sampler, String constant, List<String> hooks, List<String> chargedHooks) {
    this.sampler = sampler;
    this.constant = constant;
    this.hooks = hooks;
    this.chargedHooks = chargedHooks;
  }

  /** Name of the sampler that exposes it. */
  String sampler() {
    return sampler;
  }

  /** Variable of the BPF object that switches it. */
  String constant() {
    return constant;
  }

  /** Kernel hooks it needs, in the order in which they have to be attached. */
  List<String> hooks() {
    return hooks;
  }

  /**
   * Hooks whose cost is reported with it. Each hook belongs to one feature for good, so that the
   * sum over samplers counts nothing twice and no counter falls when a feature comes or goes.
   */
  String[] chargedHooks() {
    return chargedHooks.toArray(String[]::new);
  }
}

package io.rezolus.samplers.scheduler;

/**
 * Positions in {@code struct cgroup_counters} of {@code bpf/scheduler.bpf.c}, the element of the
 * map {@code cgroup_counters}, in longs.
 */
final class CgroupCounters {
  static final String MAP = "cgroup_counters";
  static final int LONGS = 8;

  static final int SERIAL = 0;
  static final int WAIT = 1;
  static final int BLOCKED = 2;
  static final int INVOLUNTARY = 3;
  static final int VOLUNTARY = 4;
  static final int MIGRATIONS = 5;

  private CgroupCounters() {}
}

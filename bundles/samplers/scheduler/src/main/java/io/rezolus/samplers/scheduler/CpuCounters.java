package io.rezolus.samplers.scheduler;

/**
 * Positions in {@code struct cpu_counters} of {@code bpf/scheduler.bpf.c}, the element of the map
 * {@code cpu_counters}, in longs.
 */
final class CpuCounters {
  static final String MAP = "cpu_counters";
  static final int LONGS = 8;

  static final int INVOLUNTARY = 0;
  static final int VOLUNTARY = 1;
  static final int WAIT = 2;
  static final int DISCARDED = 3;
  static final int MOVED_FROM = 4;
  static final int MOVED_TO = 5;

  private CpuCounters() {}
}

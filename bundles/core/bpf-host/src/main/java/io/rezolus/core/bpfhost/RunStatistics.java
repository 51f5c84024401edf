package io.rezolus.core.bpfhost;

/**
 * What BPF programs cost so far.
 *
 * @param runs executions, counted while {@code kernel.bpf_stats_enabled} is 1
 * @param nanos total time in them, likewise
 * @param missed events that the kernel did not hand to a program because the same program was at
 *     work on that CPU already, as where programs can be preempted
 */
public record RunStatistics(long runs, long nanos, long missed) {
  /** Before anything ran. */
  public static final RunStatistics NONE = new RunStatistics(0, 0, 0);

  /** The cost of both. */
  public RunStatistics plus(RunStatistics other) {
    return new RunStatistics(runs + other.runs, nanos + other.nanos, missed + other.missed);
  }
}

package io.rezolus.core.bpfhost;

/**
 * What BPF programs cost so far.
 *
 * @param runs executions
 * @param nanos total time in them
 */
public record RunStatistics(long runs, long nanos) {}

package io.rezolus.core.shell;

/**
 * What one sampler costs.
 *
 * @param refreshNanos how long its last refresh took; 0 before the first
 * @param bpfRuns executions of its BPF programs, unsigned; 0 where the kernel does not count them
 * @param bpfNanos time in its BPF programs, unsigned
 */
public record SamplerCost(String sampler, long refreshNanos, long bpfRuns, long bpfNanos) {}

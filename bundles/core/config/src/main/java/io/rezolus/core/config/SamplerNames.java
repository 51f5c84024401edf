package io.rezolus.core.config;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sampler names a configuration may speak of without a warning. */
final class SamplerNames {
  /** Every sampler of upstream Rezolus, so that its configuration file works here unchanged. */
  static final SortedSet<String> UPSTREAM =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              java.util.List.of(
                  "blockio_latency",
                  "blockio_requests",
                  "cpu_bandwidth",
                  "cpu_branch",
                  "cpu_cores",
                  "cpu_dtlb",
                  "cpu_frequency",
                  "cpu_l3",
                  "cpu_migrations",
                  "cpu_perf",
                  "cpu_tlb_flush",
                  "cpu_usage",
                  "drivehealth",
                  "gpu_amd_pmu",
                  "gpu_amd_smi",
                  "gpu_apple",
                  "gpu_nvidia",
                  "memory_meminfo",
                  "memory_vmstat",
                  "network_ethtool",
                  "network_interfaces",
                  "network_traffic",
                  "rezolus_rusage",
                  "scheduler_runqueue",
                  "syscall_counts",
                  "syscall_latency",
                  "tcp_connect_latency",
                  "tcp_packet_latency",
                  "tcp_receive",
                  "tcp_retransmit",
                  "tcp_traffic")));

  private SamplerNames() {}

  /** Samplers that run only when their own section says so, whatever the defaults say. */
  static boolean optIn(String sampler) {
    return sampler.equals("gpu_amd_pmu");
  }

  static SortedSet<String> with(Collection<String> installed) {
    TreeSet<String> names = new TreeSet<>(UPSTREAM);
    names.addAll(installed);
    return names;
  }
}

package io.rezolus.core.shell;

import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An agent with one sampler that runs and one that does not. */
final class TwoSamplers implements SamplerInventory {

  @Override
  public List<SamplerStatus> samplers() {
    return List.of(
        new SamplerStatus(
            "cpu_usage", SamplerStatus.State.ACTIVE, null, null, "a.bundle 1.0.0", 1_500_000),
        new SamplerStatus(
            "syscall_counts", SamplerStatus.State.FAILED, "no BTF", null, "a.bundle 1.0.0", 0));
  }

  @Override
  public Map<String, String> descriptions() {
    return Map.of("cpu_usage", "Time this CPU\nspent", "cpu_cores", "CPUs online", "syscall", "");
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public Duration uptime() {
    return Duration.ZERO;
  }

  @Override
  public Duration ttl() {
    return Duration.ZERO;
  }
}

package io.rezolus.samplers.memory;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/**
 * On which NUMA node memory was allocated, from {@code /proc/vmstat} (kernel: mm/vmstat.c). Counts
 * allocations whatever their size: a huge page is one.
 */
@ProvidesSampler(VmstatSampler.NAME)
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + VmstatSampler.NAME)
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.memory_vmstat)")
public final class VmstatSampler extends FileSampler {
  static final String NAME = "memory_vmstat";

  private static final List<String> KEYS =
      List.of(
          "numa_hit", "numa_miss", "numa_foreign", "numa_interleave", "numa_local", "numa_other");
  private static final List<Metric> METRICS =
      List.of(
          Metric.counter("memory_numa_hit", null, "Allocations served by the preferred node"),
          Metric.counter(
              "memory_numa_miss", null, "Allocations a node served in place of the preferred one"),
          Metric.counter(
              "memory_numa_foreign", null, "Allocations that preferred a node and left it"),
          Metric.counter(
              "memory_numa_interleave",
              null,
              "Allocations under an interleave policy that got the node whose turn it was"),
          Metric.counter(
              "memory_numa_local", null, "Allocations on the node of the allocating CPU"),
          Metric.counter(
              "memory_numa_other", null, "Allocations on a node other than the allocating CPU's"));

  /** Reads the running kernel's file. */
  @Activate
  public VmstatSampler() throws IOException, UnsupportedException {
    this(Path.of("/proc/vmstat"));
  }

  VmstatSampler(Path vmstat) throws IOException, UnsupportedException {
    super(NAME, vmstat, KEYS, METRICS, 1);
    if (!any()) {
      close();
      throw new UnsupportedException(
          vmstat + ": no numa_* counters; this kernel is built without CONFIG_NUMA");
    }
  }

  /** No property matters here; without this an edited file would restart the sampler. */
  @Modified
  void reconfigured() {}

  @Override
  @Deactivate
  void close() throws IOException {
    super.close();
  }
}

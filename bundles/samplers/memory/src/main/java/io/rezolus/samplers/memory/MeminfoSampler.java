package io.rezolus.samplers.memory;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** How the host's memory is in use, from {@code /proc/meminfo} (kernel: fs/proc/meminfo.c). */
@ProvidesSampler(MeminfoSampler.NAME)
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + MeminfoSampler.NAME)
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.memory_meminfo)")
public final class MeminfoSampler extends FileSampler {
  static final String NAME = "memory_meminfo";

  /** In the unit of the file, kB. */
  private static final long BYTES = 1024;

  private static final List<String> KEYS =
      List.of("MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached");
  private static final List<Metric> METRICS =
      List.of(
          Metric.gauge("memory_total", "bytes", "Memory the kernel manages"),
          Metric.gauge("memory_free", "bytes", "Memory in no use at all"),
          Metric.gauge(
              "memory_available",
              "bytes",
              "The kernel's estimate of what new programs can have without swapping"),
          Metric.gauge("memory_buffers", "bytes", "Cached raw blocks of block devices"),
          Metric.gauge("memory_cached", "bytes", "Cached file contents, shared memory included"));

  /** Reads the running kernel's file. */
  @Activate
  public MeminfoSampler() throws IOException {
    this(Path.of("/proc/meminfo"));
  }

  MeminfoSampler(Path meminfo) throws IOException {
    super(NAME, meminfo, KEYS, METRICS, BYTES);
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

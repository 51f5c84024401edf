package io.rezolus.samplers.rusage;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/**
 * The agent's own use of CPU, memory and devices, all threads together, as getrusage(2) has it, and
 * the memory it has now, from {@code /proc/self/statm}.
 */
@ProvidesSampler(RusageSampler.NAME)
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + RusageSampler.NAME)
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.rezolus_rusage)")
public final class RusageSampler implements Sampler {
  static final String NAME = "rezolus_rusage";

  private static final String CPU = "CPU time of the agent";
  private static final String BLOCKS = "512-byte blocks the agent moved from or to block devices";
  private static final String SWITCHES = "Context switches of the agent's threads";
  private static final List<Metric> COUNTERS =
      List.of(
          Metric.counter("rezolus_cpu_usage", "nanoseconds", CPU).with("state", "user"),
          Metric.counter("rezolus_cpu_usage", "nanoseconds", CPU).with("state", "system"),
          Metric.counter(
              "rezolus_memory_page_reclaims", null, "Page faults served without a device"),
          Metric.counter("rezolus_memory_page_faults", null, "Page faults that read a device"),
          Metric.counter("rezolus_blockio_operations", "operations", BLOCKS).with("op", "read"),
          Metric.counter("rezolus_blockio_operations", "operations", BLOCKS).with("op", "write"),
          Metric.counter("rezolus_context_switch", null, SWITCHES).with("kind", "voluntary"),
          Metric.counter("rezolus_context_switch", null, SWITCHES).with("kind", "involuntary"));
  private static final Metric RSS =
      Metric.gauge(
          "rezolus_memory_usage_resident_set_size", "bytes", "Memory the agent has in RAM now");

  private final ResourceUsage usage;
  private final ResidentMemory memory;
  private final JvmUsage jvm = new JvmUsage();
  private final List<Metric> metrics = new ArrayList<>();
  private final AcquisitionGroup group;
  private final List<GroupData> groups;

  /** Watches the process it runs in. */
  @Activate
  public RusageSampler() throws IOException, UnsupportedException {
    usage = new ResourceUsage();
    memory = new ResidentMemory(usage.pageBytes());
    Schema.Builder schema = new Schema.Builder();
    declare(schema, COUNTERS);
    declare(schema, jvm.counters());
    declare(schema, List.of(RSS));
    declare(schema, JvmUsage.GAUGES);
    group = new AcquisitionGroup(NAME, "main", schema.build());
    groups = List.of(group.data());
  }

  private void declare(Schema.Builder schema, List<Metric> more) {
    for (Metric metric : more) {
      schema.add(metric.kind(), Member.scalar(NAME, metric));
      metrics.add(metric);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  @Override
  public void refresh() throws IOException {
    GroupData data = group.data();
    usage.read();
    data.counter(0, usage.userNanos());
    data.counter(1, usage.systemNanos());
    data.counter(2, usage.minorFaults());
    data.counter(3, usage.majorFaults());
    data.counter(4, usage.blocksIn());
    data.counter(5, usage.blocksOut());
    data.counter(6, usage.voluntarySwitches());
    data.counter(7, usage.involuntarySwitches());
    data.gauge(0, memory.bytes());
    jvm.read(data, 1, COUNTERS.size());
  }

  @Override
  public List<GroupData> groups() {
    return groups;
  }

  /** No property matters here; without this an edited file would restart the sampler. */
  @Modified
  void reconfigured() {}

  @Deactivate
  void close() throws IOException {
    memory.close();
    usage.close();
  }
}

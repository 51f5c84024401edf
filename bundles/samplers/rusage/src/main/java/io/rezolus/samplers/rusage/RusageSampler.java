package io.rezolus.samplers.rusage;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/**
 * The agent's own use of CPU, memory and devices, all threads together, from {@code /proc/self}
 * (proc(5)): CPU time comes in steps of 10 ms, block I/O in units of 512 bytes as in getrusage(2).
 */
@ProvidesSampler(RusageSampler.NAME)
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + RusageSampler.NAME)
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.rezolus_rusage)")
public final class RusageSampler implements Sampler {
  static final String NAME = "rezolus_rusage";

  /** USER_HZ, the unit of CPU time in /proc: 100 on x86_64 and arm64. */
  private static final long NANOS_PER_TICK = 10_000_000L;

  private static final byte[] VM_RSS = ProcText.key("VmRSS:");
  private static final byte[] READ_BYTES = ProcText.key("read_bytes:");
  private static final byte[] WRITE_BYTES = ProcText.key("write_bytes:");

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

  private final ProcText stat;
  private final ProcText status;
  private final ProcText io;
  private final ThreadSwitches switches;
  private final JvmUsage jvm = new JvmUsage();
  private final List<Metric> metrics = new ArrayList<>();
  private final AcquisitionGroup group;
  private final List<GroupData> groups;

  /** Watches the process it runs in. */
  @Activate
  public RusageSampler() throws IOException {
    Path self = Path.of("/proc/self");
    stat = new ProcText(self.resolve("stat"), 2048);
    status = new ProcText(self.resolve("status"), 8192);
    io = new ProcText(self.resolve("io"), 1024);
    switches = new ThreadSwitches(self.resolve("task"));
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
    stat.load();
    data.counter(0, stat.statField(14) * NANOS_PER_TICK);
    data.counter(1, stat.statField(15) * NANOS_PER_TICK);
    data.counter(2, stat.statField(10));
    data.counter(3, stat.statField(12));
    io.load();
    blocks(data, 4, io.value(READ_BYTES));
    blocks(data, 5, io.value(WRITE_BYTES));
    switches.read();
    data.counter(6, switches.voluntary());
    data.counter(7, switches.involuntary());
    status.load();
    long kibibytes = status.value(VM_RSS);
    if (kibibytes != ProcText.ABSENT) {
      data.gauge(0, kibibytes * 1024);
    }
    jvm.read(data, 1, COUNTERS.size());
  }

  /** Kernels without task I/O accounting have no such line. */
  private static void blocks(GroupData data, int counter, long bytes) {
    if (bytes != ProcText.ABSENT) {
      data.counter(counter, bytes / 512);
    }
  }

  @Override
  public List<GroupData> groups() {
    return groups;
  }

  @Deactivate
  void close() throws IOException {
    stat.close();
    status.close();
    io.close();
    switches.close();
  }
}

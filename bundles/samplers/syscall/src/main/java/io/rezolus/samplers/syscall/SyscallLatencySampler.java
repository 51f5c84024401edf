package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.TaskTable;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/**
 * How long system calls take from entry to exit, by class. Calls that do not return, such as {@code
 * exit}, have no duration.
 */
@ProvidesSampler("syscall_latency")
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + "syscall_latency")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.syscall_latency)")
public final class SyscallLatencySampler extends SyscallSampler {
  private static final int GROUPING_POWER = 3;
  private static final int MAX_VALUE_POWER = 64;
  private static final int BUCKETS = (MAX_VALUE_POWER - GROUPING_POWER + 1) << GROUPING_POWER;

  private final MappedLongs histograms;
  private final AcquisitionGroup latencies;
  private final TaskTable tasks;

  @Activate
  public SyscallLatencySampler(@Reference SyscallPrograms programs)
      throws BpfException, UnsupportedException {
    super(programs, SyscallFeature.LATENCY, SyscallMetrics.LATENCIES);
    tasks = TaskTable.cached(object(), SyscallPrograms.STARTS);
    histograms = object().map("latencies");
    latencies = group("_latencies", MetricKind.HISTOGRAM, SyscallMetrics.LATENCIES);
  }

  @Override
  public void refresh() {
    latencies.begin();
    for (int i = 0; i < SyscallClass.COUNT; i++) {
      histograms.read(
          i * BUCKETS, latencies.data().writeHistogram(i, GROUPING_POWER, MAX_VALUE_POWER));
    }
    latencies.end();
    tasks.refresh();
    refreshCost(tasks.untracked());
  }

  @Override
  public List<GroupData> groups() {
    return List.of(latencies.data(), cost());
  }

  /** No property matters here; without this an edited file would restart the programs. */
  @Modified
  void reconfigured() {}

  @Override
  @Deactivate
  void close() {
    super.close();
  }
}

package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** How many system calls are entered, by class, on the host and in each cgroup. */
@ProvidesSampler("syscall_counts")
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + "syscall_counts")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.syscall_counts)")
public final class SyscallCountsSampler extends SyscallSampler {
  private final MappedLongs cpuCounters;
  private final long[] banks;
  private final AcquisitionGroup totals;
  private final CgroupSyscalls cgroups;

  @Activate
  public SyscallCountsSampler(@Reference SyscallPrograms programs)
      throws BpfException, UnsupportedException {
    super(
        programs,
        SyscallFeature.COUNTS,
        Stream.of(SyscallMetrics.ENTRIES, SyscallMetrics.CGROUP_ENTRIES)
            .flatMap(List::stream)
            .toList());
    cpuCounters = object().map("cpu_counters");
    banks = new long[cpuCounters.size()];
    totals = group("_counters", MetricKind.COUNTER, SyscallMetrics.ENTRIES);
    cgroups = new CgroupSyscalls(name(), object());
  }

  @Override
  public void refresh() {
    totals.begin();
    cpuCounters.read(0, banks);
    for (int i = 0; i < SyscallClass.COUNT; i++) {
      long sum = 0;
      for (int bank = i; bank < banks.length; bank += SyscallClass.COUNT) {
        sum += banks[bank];
      }
      totals.data().counter(i, sum);
    }
    totals.end();
    cgroups.refresh();
    refreshCost(0);
  }

  @Override
  public List<GroupData> groups() {
    return List.of(totals.data(), cgroups.data(), cost());
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

package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.ProgramCost;
import java.util.ArrayList;
import java.util.List;
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
public final class SyscallCountsSampler implements Sampler {
  private static final SyscallFeature FEATURE = SyscallFeature.COUNTS;

  private final SyscallPrograms programs;
  private final MappedLongs cpuCounters;
  private final long[] banks;
  private final AcquisitionGroup totals;
  private final CgroupSyscalls cgroups;
  private final ProgramCost cost = new ProgramCost(FEATURE.sampler());
  private final List<Metric> metrics;

  @Activate
  public SyscallCountsSampler(@Reference SyscallPrograms programs)
      throws BpfException, UnsupportedException {
    this.programs = programs;
    BpfObject object = programs.acquire(FEATURE);
    cpuCounters = object.map("cpu_counters");
    banks = new long[cpuCounters.size()];
    cgroups = new CgroupSyscalls(name(), object);
    Schema.Builder schema = new Schema.Builder();
    for (Metric metric : SyscallMetrics.ENTRIES) {
      schema.add(MetricKind.COUNTER, Member.scalar(name(), metric));
    }
    totals = new AcquisitionGroup(name(), name() + "_counters", schema.build());
    List<Metric> all = new ArrayList<>(SyscallMetrics.ENTRIES);
    all.addAll(SyscallMetrics.CGROUP_ENTRIES);
    all.addAll(ProgramCost.metrics(FEATURE.sampler()));
    metrics = List.copyOf(all);
  }

  @Override
  public String name() {
    return FEATURE.sampler();
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
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
    cost.refresh(programs.cost(FEATURE));
  }

  @Override
  public List<GroupData> groups() {
    return List.of(totals.data(), cgroups.data(), cost.data());
  }

  @Override
  public SamplerHealth health() {
    return programs.health(FEATURE);
  }

  /** No property matters here; without this an edited file would restart the programs. */
  @Modified
  void reconfigured() {}

  @Deactivate
  void close() {
    programs.release(FEATURE);
  }
}

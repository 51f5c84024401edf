package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.CgroupNames;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.ProgramCost;
import io.rezolus.core.bpfhost.TaskTable;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/**
 * Run-queue wait, running and blocked time, and context switches, of the host and of each cgroup.
 */
@ProvidesSampler(RunqueueMetrics.SAMPLER)
@Component(service = Sampler.class, configurationPid = "io.rezolus.sampler.scheduler_runqueue")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.scheduler_runqueue)")
public final class SchedulerRunqueueSampler implements Sampler {
  private final SchedulerPrograms programs;
  private final List<Metric> metrics = RunqueueMetrics.all();
  private final CgroupNames names;
  private final List<HistogramGroup> histograms;
  private final CpuGroup cpus;
  private final List<CgroupGroup> cgroups;
  private final BpfObject object;
  private final TaskTable tasks;
  private final ProgramCost cost;
  private final List<GroupData> groups = new ArrayList<>();

  /**
   * @throws BpfException the programs were refused
   * @throws UnsupportedException this host cannot run BPF
   */
  @Activate
  public SchedulerRunqueueSampler(@Reference SchedulerPrograms programs)
      throws BpfException, UnsupportedException {
    this.programs = programs;
    object = programs.enable(Feature.RUNQUEUE);
    names = new CgroupNames(object);
    MappedLongs buckets = object.map(HistogramGroup.MAP);
    histograms =
        List.of(
            histogram("runqlat", RunqueueMetrics.LATENCY, HistogramGroup.WAIT, buckets),
            histogram("running", RunqueueMetrics.RUNNING, HistogramGroup.RUNNING, buckets),
            histogram("offcpu", RunqueueMetrics.OFFCPU, HistogramGroup.BLOCKED, buckets));
    cpus =
        new CpuGroup(
            name(),
            group("counters"),
            RunqueueMetrics.PER_CPU,
            programs.possibleCpus(),
            object.map(CpuCounters.MAP));
    MappedLongs rows = object.map(CgroupCounters.MAP);
    cgroups =
        List.of(
            cgroup("cgroup_wait", RunqueueMetrics.CGROUP_WAIT, rows),
            cgroup("cgroup_offcpu", RunqueueMetrics.CGROUP_OFFCPU, rows),
            cgroup("cgroup_context_switch", RunqueueMetrics.CGROUP_CONTEXT_SWITCH, rows));
    tasks = TaskTable.cached(object, SchedulerPrograms.STAMPS);
    cost = new ProgramCost(name());
  }

  /** No property matters here; without this an edited file would restart its programs. */
  @Modified
  void reconfigured() {}

  @Deactivate
  void close() {
    programs.disable(Feature.RUNQUEUE);
  }

  @Override
  public String name() {
    return RunqueueMetrics.SAMPLER;
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public void refresh() {
    for (HistogramGroup histogram : histograms) {
      histogram.refresh();
    }
    cpus.refresh();
    boolean changed = names.refresh();
    for (CgroupGroup cgroup : cgroups) {
      cgroup.refresh(changed);
    }
    tasks.refresh();
    cost.refresh(object.runStatistics(Feature.RUNQUEUE.chargedHooks()), tasks.untracked());
  }

  @Override
  public List<GroupData> groups() {
    groups.clear();
    for (HistogramGroup histogram : histograms) {
      groups.add(histogram.data());
    }
    groups.add(cpus.data());
    for (CgroupGroup cgroup : cgroups) {
      groups.add(cgroup.data());
    }
    groups.add(cost.data());
    return groups;
  }

  @Override
  public SamplerHealth health() {
    return SamplerHealth.of(programs.programs(Feature.RUNQUEUE));
  }

  private HistogramGroup histogram(
      String suffix, Metric metric, int position, MappedLongs buckets) {
    return new HistogramGroup(name(), group(suffix), metric, position, buckets);
  }

  private CgroupGroup cgroup(String suffix, List<Column> columns, MappedLongs rows) {
    return new CgroupGroup(name(), group(suffix), columns, names, rows);
  }

  private static String group(String suffix) {
    return RunqueueMetrics.SAMPLER + '_' + suffix;
  }
}

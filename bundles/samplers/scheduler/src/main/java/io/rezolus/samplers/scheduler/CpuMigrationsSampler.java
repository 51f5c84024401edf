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
import io.rezolus.core.bpfhost.ProgramCost;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** Moves of tasks between CPUs, of each CPU and of each cgroup. */
@ProvidesSampler(MigrationMetrics.SAMPLER)
@Component(service = Sampler.class, configurationPid = "io.rezolus.sampler.cpu_migrations")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.cpu_migrations)")
public final class CpuMigrationsSampler implements Sampler {
  private final SchedulerPrograms programs;
  private final List<Metric> metrics = MigrationMetrics.all();
  private final CgroupNames names;
  private final CpuGroup cpus;
  private final CgroupGroup cgroups;
  private final BpfObject object;
  private final ProgramCost cost;

  /**
   * @throws BpfException the programs were refused
   * @throws UnsupportedException this host cannot run BPF
   */
  @Activate
  public CpuMigrationsSampler(@Reference SchedulerPrograms programs)
      throws BpfException, UnsupportedException {
    this.programs = programs;
    object = programs.enable(Feature.MIGRATIONS);
    names = new CgroupNames(object);
    cpus =
        new CpuGroup(
            name(),
            "cpu_migrations_migrations",
            MigrationMetrics.PER_CPU,
            programs.possibleCpus(),
            object.map(CpuCounters.MAP));
    cgroups =
        new CgroupGroup(
            name(),
            "cpu_migrations_cgroup",
            MigrationMetrics.CGROUP,
            names,
            object.map(CgroupCounters.MAP));
    cost = new ProgramCost(name());
  }

  /** No property matters here; without this an edited file would restart its programs. */
  @Modified
  void reconfigured() {}

  @Deactivate
  void close() {
    programs.disable(Feature.MIGRATIONS);
  }

  @Override
  public String name() {
    return MigrationMetrics.SAMPLER;
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public void refresh() {
    cpus.refresh();
    cgroups.refresh(names.refresh());
    cost.refresh(object.runStatistics(Feature.MIGRATIONS.chargedHooks()));
  }

  @Override
  public List<GroupData> groups() {
    return List.of(cpus.data(), cgroups.data(), cost.data());
  }

  @Override
  public SamplerHealth health() {
    return SamplerHealth.of(programs.programs(Feature.MIGRATIONS));
  }
}

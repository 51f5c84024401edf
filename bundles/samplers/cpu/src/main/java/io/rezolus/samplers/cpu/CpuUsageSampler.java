package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfIterator;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.CgroupNames;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.ProgramCost;
import io.rezolus.core.bpfhost.TaskTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/**
 * CPU time by CPU, cgroup and thread, and the softirqs within it.
 *
 * <p>Time is what the kernel charges to tasks ({@code utime}, {@code stime}) plus softirqs on idle
 * CPUs. With tick accounting it moves in whole ticks.
 */
@ProvidesSampler(CpuUsageMetrics.SAMPLER)
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + CpuUsageMetrics.SAMPLER)
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.cpu_usage)")
public final class CpuUsageSampler implements Sampler {
  private static final String SLOTS = "task_slots";
  private static final String TASKS = "list_tasks";
  private static final String PRIME = "prime_tasks";
  private static final int CPU_ROW = 8;
  private static final int SOFTIRQ_ROW = 24;

  private final BpfObject object;
  private final TaskTable table;
  private final BpfIterator walk;
  private final CgroupNames names;
  private final PerCpuGroup cpus;
  private final CgroupTimes cgroups;
  private final TaskTimes tasks;
  private final PerCpuGroup softirqs;
  private final PerCpuGroup softirqTimes;
  private final ProgramCost cost = new ProgramCost(CpuUsageMetrics.SAMPLER);
  private final List<Hook> hooks;
  private final String[] charged;
  private final boolean measuresTime;
  private final boolean measuresSoftirqs;

  @Activate
  public CpuUsageSampler(@Reference BpfHost host)
      throws BpfException, UnsupportedException, IOException {
    this(host, CpuTimeHook.forThisHost());
  }

  /**
   * @param cpuTime how to measure CPU time
   */
  CpuUsageSampler(BpfHost host, Hook cpuTime)
      throws BpfException, UnsupportedException, IOException {
    hooks =
        List.of(
            // before CPU time: each task that is ever charged is also seen to exit
            Hook.tracepoint("cgroup_rmdir"),
            Hook.tracepoint(TaskTable.HOOK),
            Hook.tracepoint("sched_process_exit"),
            Hook.tracepoint("sched_process_exec"),
            cpuTime,
            Hook.tracepoint("softirq_exit"),
            Hook.tracepoint("softirq_entry"));
    charged =
        hooks.stream()
            .map(Hook::name)
            .filter(name -> !name.equals(TaskTable.HOOK))
            .toArray(String[]::new);
    int cpuCount = host.possibleCpus();
    object = host.load(spec(host));
    try {
      table = TaskTable.of(object, SLOTS);
      object.iterator(PRIME).run();
      walk = object.iterator(TASKS);
      names = new CgroupNames(object);
      cpus =
          new PerCpuGroup(
              "cpu_usage_cpu",
              List.of(
                  CpuUsageMetrics.CPU_USER, CpuUsageMetrics.CPU_SYSTEM, CpuUsageMetrics.CPU_EXITED),
              object.map("cpu_rows"),
              cpuCount,
              CPU_ROW,
              0);
      cgroups = new CgroupTimes(names, object.map("cgroup_rows"));
      tasks = new TaskTimes(this::path);
      softirqs = softirqs("cpu_usage_softirq", CpuUsageMetrics.SOFTIRQ, cpuCount, 0);
      softirqTimes =
          softirqs(
              "cpu_usage_softirq_time",
              CpuUsageMetrics.SOFTIRQ_TIME,
              cpuCount,
              CpuUsageMetrics.SOFTIRQ.size());
      measuresTime = attached(CpuTimeHook.NAME);
      measuresSoftirqs = attached("softirq_entry") && attached("softirq_exit");
    } catch (IOException | RuntimeException e) {
      object.close();
      throw e;
    }
  }

  /** No property matters here; without this an edited file would restart its programs. */
  @Modified
  void reconfigured() {}

  @Deactivate
  void close() {
    object.close();
  }

  @Override
  public String name() {
    return CpuUsageMetrics.SAMPLER;
  }

  @Override
  public List<Metric> metrics() {
    return CpuUsageMetrics.all();
  }

  @Override
  public void refresh() throws IOException {
    if (measuresTime) {
      tasks.begin();
      tasks.read(walk.run());
      // after the walk, which may have met new cgroups
      boolean changed = names.refresh();
      tasks.refresh(changed);
      cgroups.refresh(changed);
      cpus.refresh();
    }
    if (measuresSoftirqs) {
      softirqs.refresh();
      softirqTimes.refresh();
    }
    table.refresh();
    cost.refresh(object.runStatistics(charged), table.untracked());
  }

  /** What no hook feeds is left out: a zero would claim that it was measured. */
  @Override
  public List<GroupData> groups() {
    List<GroupData> groups = new ArrayList<>();
    if (measuresTime) {
      groups.addAll(List.of(cpus.data(), cgroups.usage(), cgroups.exited(), tasks.data()));
    }
    if (measuresSoftirqs) {
      groups.addAll(List.of(softirqs.data(), softirqTimes.data()));
    }
    groups.add(cost.data());
    return groups;
  }

  @Override
  public SamplerHealth health() {
    return SamplerHealth.of(object.programs());
  }

  private BpfObjectSpec spec(BpfHost host) {
    int cpus = host.possibleCpus();
    BpfObjectSpec.Builder spec =
        BpfObjectSpec.builder("cpu")
            .mapEntries("cpu_rows", cpus)
            .mapEntries("softirq_rows", cpus)
            .iterator(PRIME)
            .iterator(TASKS);
    TaskTable.size(spec, SLOTS, host);
    hooks.forEach(spec::hook);
    return spec.build();
  }

  private PerCpuGroup softirqs(String group, List<Metric> metrics, int cpuCount, int offset) {
    return new PerCpuGroup(
        group, metrics, object.map("softirq_rows"), cpuCount, SOFTIRQ_ROW, offset);
  }

  private String path(int cssId, long serial) {
    return cssId > 0 && names.serial(cssId) == serial ? names.path(cssId) : null;
  }

  private boolean attached(String hook) {
    List<ProgramStatus> programs = object.programs();
    for (int i = 0; i < hooks.size(); i++) {
      if (hooks.get(i).name().equals(hook)) {
        return programs.get(i).attached();
      }
    }
    throw new IllegalArgumentException(hook);
  }
}

package io.rezolus.samplers.syscall;

import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.RunStatistics;
import io.rezolus.core.bpfhost.TaskTable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one BPF object behind both samplers: loaded for the first that asks, rebuilt on the same maps
 * when the other comes or goes, closed after the last. A sampler thus never costs the other an
 * event.
 *
 * <p>Kernels that let programs be preempted keep events from them. From the first such event that
 * is reported on, a second pair of programs makes up for what the first is kept from.
 */
@Component(service = SyscallPrograms.class)
public final class SyscallPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(SyscallPrograms.class);

  /** Map of the table of the calls that threads are in. */
  static final String STARTS = "starts";

  private final BpfHost host;
  private final int cpus;
  private final Predicate<SyscallFeature> expected;
  private final BooleanSupplier stopping;
  private final Set<SyscallFeature> users = EnumSet.noneOf(SyscallFeature.class);
  private final Map<SyscallFeature, Long> missed = new EnumMap<>(SyscallFeature.class);
  private Set<SyscallFeature> running = Set.of();
  private SecondLook secondLook = SecondLook.NONE;
  private boolean secondLookRefused;
  private BpfObject object;

  @Activate
  public SyscallPrograms(BundleContext context, @Reference BpfHost host) {
    this(
        host,
        feature -> isEnabled(context, feature),
        () -> context.getBundle().getState() == Bundle.STOPPING);
  }

  /**
   * @param expected whether a sampler is about to ask as well, so that both are loaded at once
   * @param stopping whether the whole bundle is going, so that there is no point in rebuilding
   */
  SyscallPrograms(BpfHost host, Predicate<SyscallFeature> expected, BooleanSupplier stopping) {
    this.host = host;
    cpus = host.possibleCpus();
    this.expected = expected;
    this.stopping = stopping;
  }

  /**
   * Switches a part on. Each call that returns is to be followed by one of {@link #release}.
   *
   * @throws BpfException what the kernel said; the other part, if on, runs unchanged
   */
  synchronized BpfObject acquire(SyscallFeature feature) throws BpfException, UnsupportedException {
    if (object == null) {
      object = load(feature);
    } else if (!running.contains(feature)) {
      Set<SyscallFeature> more = EnumSet.copyOf(running);
      more.add(feature);
      reload(more);
    }
    users.add(feature);
    try {
      require(feature);
    } catch (BpfException | UnsupportedException e) {
      release(feature);
      throw e;
    }
    return object;
  }

  /** Switches a part off. */
  synchronized void release(SyscallFeature feature) {
    users.remove(feature);
    if (users.isEmpty()) {
      close();
    } else if (object != null && !stopping.getAsBoolean()) {
      Set<SyscallFeature> fewer = EnumSet.copyOf(running);
      fewer.remove(feature);
      try {
        reload(fewer);
      } catch (BpfException | UnsupportedException e) {
        LOG.warn("{} is off but its programs keep running: {}", feature.sampler(), e.getMessage());
      }
    }
  }

  /** State of the hooks that {@code feature} needs. */
  synchronized SamplerHealth health(SyscallFeature feature) {
    if (object == null) {
      return null;
    }
    return SamplerHealth.of(
        object.programs().stream().filter(p -> feature.hooks().contains(p.name())).toList());
  }

  /**
   * Cost of the hooks of {@code feature}; one that both need is charged to the counts. Missed are
   * those events that no program has seen.
   */
  synchronized RunStatistics cost(SyscallFeature feature) {
    if (object == null) {
      return RunStatistics.NONE;
    }
    Set<String> hooks = charged(feature);
    RunStatistics first = object.runStatistics(hooks.toArray(String[]::new));
    if (first.missed() == 0 && !missed.containsKey(feature)) {
      return first; // this kernel lets programs end
    }
    lookAgain();
    RunStatistics second =
        object.runStatistics(
            SecondLook.HOOKS.stream()
                .filter(hooks::contains)
                .map(SecondLook::hook)
                .toArray(String[]::new));
    // made up for a moment after it was missed: never less than what was said before
    long lost = first.missed() - secondLook.madeUp(object, hooks);
    return new RunStatistics(
        first.runs() + second.runs(),
        first.nanos() + second.nanos(),
        missed.merge(feature, Math.max(0, lost), Math::max));
  }

  private Set<String> charged(SyscallFeature feature) {
    Set<String> hooks = new HashSet<>(feature.hooks());
    SyscallFeature other = feature.other();
    if (!running.contains(other)) {
      hooks.addAll(other.hooks());
    } else if (feature == SyscallFeature.LATENCY) {
      hooks.removeAll(other.hooks());
    }
    hooks.remove(TaskTable.HOOK);
    return hooks;
  }

  private void lookAgain() {
    if (secondLook != SecondLook.NONE || secondLookRefused) {
      return;
    }
    try {
      // a second program relies on stamps: the first is to set them before the second is there
      secondLook = SecondLook.PREPARED;
      reload(running);
      secondLook = SecondLook.ATTACHED;
      reload(running);
      LOG.info(
          "this kernel preempts programs and skips them meanwhile; from now on second programs"
              + " make up for that");
    } catch (BpfException | UnsupportedException e) {
      secondLook = SecondLook.NONE;
      secondLookRefused = true;
      LOG.warn("system calls that the kernel skips stay uncounted: {}", e.getMessage());
    }
  }

  @Deactivate
  synchronized void close() {
    if (object != null) {
      object.close();
      object = null;
      running = Set.of();
      secondLook = SecondLook.NONE;
      missed.clear();
    }
  }

  private BpfObject load(SyscallFeature feature) throws BpfException, UnsupportedException {
    Set<SyscallFeature> features = EnumSet.of(feature);
    for (SyscallFeature other : SyscallFeature.values()) {
      if (other != feature && expected.test(other)) {
        features.add(other);
      }
    }
    BpfObject loaded;
    try {
      loaded = host.load(spec(features));
    } catch (BpfException e) {
      if (features.size() == 1) {
        throw e;
      }
      // let each fail for its own reasons
      features = EnumSet.of(feature);
      loaded = host.load(spec(features));
    }
    running = features;
    clearIdleStarts(loaded);
    return loaded;
  }

  /** Without these hooks the values would stay zero and look like an idle host. */
  private void require(SyscallFeature feature) throws BpfException, UnsupportedException {
    for (ProgramStatus program : object.programs()) {
      if (feature.indispensable().contains(program.name()) && !program.attached()) {
        if (program.verdict() == ProgramStatus.Verdict.UNSUPPORTED) {
          throw new UnsupportedException(program.error());
        }
        throw new BpfException(program.error());
      }
    }
  }

  private void reload(Set<SyscallFeature> features) throws BpfException, UnsupportedException {
    object.reload(spec(features));
    running = features;
    clearIdleStarts(object);
  }

  /** Calls under way when the latency was switched off must not be found there when it is back. */
  private void clearIdleStarts(BpfObject loaded) {
    if (!running.contains(SyscallFeature.LATENCY) && secondLook == SecondLook.NONE) {
      MappedLongs starts = loaded.map(STARTS);
      for (int tid = 0; tid < starts.size(); tid++) {
        starts.set(tid, 0);
      }
      TaskTable.cached(loaded, STARTS).clear();
    }
  }

  private BpfObjectSpec spec(Set<SyscallFeature> features) {
    boolean latency = features.contains(SyscallFeature.LATENCY);
    boolean stamps = secondLook != SecondLook.NONE;
    BpfObjectSpec.Builder spec =
        BpfObjectSpec.builder("syscall")
            .constant("counts", features.contains(SyscallFeature.COUNTS))
            .constant("latency", latency)
            .constant("stamps", stamps)
            .mapEntries("cpu_counters", cpus)
            // also without the counts: a cgroup removed meanwhile must not look alive afterwards
            .hook(Hook.tracepoint("cgroup_rmdir").labelled("forgets removed cgroups"));
    TaskTable.size(spec, STARTS, host);
    if (latency || stamps) {
      spec.hook(Hook.tracepoint(TaskTable.HOOK).labelled("forgets threads that are gone"));
      secondLook.add(
          spec, Hook.tracepoint("sched_process_fork").labelled("clears reused thread ids"));
      secondLook.add(spec, Hook.tracepoint("sys_exit"));
    }
    secondLook.add(spec, Hook.tracepoint("sys_enter"));
    return spec.build();
  }

  private static boolean isEnabled(BundleContext context, SyscallFeature feature) {
    String id = ProvidesSampler.PID_PREFIX + feature.sampler();
    try {
      // by name: this bundle has no use for the class, and need not be wired to it
      return context.getAllServiceReferences(
              "org.osgi.service.condition.Condition", "(osgi.condition.id=" + id + ")")
          != null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

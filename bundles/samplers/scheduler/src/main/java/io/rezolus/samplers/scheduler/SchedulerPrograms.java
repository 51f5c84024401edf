package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.TaskTable;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
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
 * Owns the one BPF object that the samplers of this bundle share. It is loaded with the first
 * feature, changed in place for each further one, so that features in use keep every count, and
 * closed with the last.
 *
 * <p>When the bundle is updated, its samplers go and come one after another. So that the programs
 * of all of them are handed from one version to the next, a stopping bundle switches nothing off
 * but lets go of the whole, and the first sampler that starts also loads what the other enabled
 * ones are about to ask for.
 */
@Component(service = SchedulerPrograms.class)
public final class SchedulerPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerPrograms.class);

  /** Map of the table of what is known of each task. */
  static final String STAMPS = "task_stamps";

  private final BpfHost host;
  private final int cpus;
  private final Predicate<Feature> expected;
  private final BooleanSupplier stopping;
  private final Set<Feature> enabled = EnumSet.noneOf(Feature.class);
  private final Set<Feature> loaded = EnumSet.noneOf(Feature.class);
  private BpfObject object;

  @Activate
  public SchedulerPrograms(BundleContext context, @Reference BpfHost host) {
    this(
        host,
        feature -> isEnabled(context, feature),
        () -> context.getBundle().getState() == Bundle.STOPPING);
  }

  /**
   * @param expected whether a feature is going to be enabled, or is
   * @param stopping whether every feature is about to be disabled
   */
  SchedulerPrograms(BpfHost host, Predicate<Feature> expected, BooleanSupplier stopping) {
    this.host = host;
    cpus = host.possibleCpus();
    this.expected = expected;
    this.stopping = stopping;
  }

  /**
   * Starts measuring {@code feature}.
   *
   * @return the object whose maps hold the values; the same one for every feature
   * @throws BpfException the programs were refused; features already in use go on
   * @throws UnsupportedException this host cannot run BPF
   */
  synchronized BpfObject enable(Feature feature) throws BpfException, UnsupportedException {
    Set<Feature> wanted = EnumSet.of(feature);
    wanted.addAll(enabled);
    if (object == null) {
      loadFirst(wanted);
    } else if (!loaded.contains(feature)) {
      run(wanted);
    }
    enabled.add(feature);
    return object;
  }

  private void loadFirst(Set<Feature> wanted) throws BpfException, UnsupportedException {
    Set<Feature> foreseen = EnumSet.copyOf(wanted);
    for (Feature other : Feature.values()) {
      if (expected.test(other)) {
        foreseen.add(other);
      }
    }
    try {
      run(foreseen);
    } catch (BpfException refused) {
      if (foreseen.equals(wanted)) {
        throw refused;
      }
      // what is refused may be the other feature, whose own sampler is to fail then
      run(wanted);
    }
  }

  /** Stops measuring {@code feature}; does nothing where it is not in use. */
  synchronized void disable(Feature feature) {
    if (!enabled.remove(feature)) {
      return;
    }
    if (enabled.isEmpty()) {
      close();
      return;
    }
    if (stopping.getAsBoolean()) {
      return;
    }
    try {
      run(EnumSet.copyOf(enabled));
    } catch (BpfException | UnsupportedException refused) {
      LOG.warn(
          "scheduler: {} could not be switched off and goes on unread: {}",
          feature.constant(),
          refused.getMessage());
    }
  }

  private void run(Set<Feature> features) throws BpfException, UnsupportedException {
    if (object == null) {
      object = host.load(spec(features));
    } else {
      object.reload(spec(features));
    }
    loaded.clear();
    loaded.addAll(features);
    if (!features.contains(Feature.RUNQUEUE)) {
      // stamps of tasks that are in the maps get old from here on; on Linux this clock is the
      // CLOCK_MONOTONIC that bpf_ktime_get_ns reads
      object.map(HistogramGroup.MAP).set(HistogramGroup.SINCE, System.nanoTime());
      TaskTable.cached(object, STAMPS).clear();
    }
  }

  /** How the hooks of {@code feature} are doing. */
  synchronized List<ProgramStatus> programs(Feature feature) {
    if (object == null) {
      return List.of();
    }
    return object.programs().stream()
        .filter(program -> feature.hooks().contains(program.name()))
        .toList();
  }

  /** Highest possible CPU id + 1. */
  int possibleCpus() {
    return cpus;
  }

  @Deactivate
  synchronized void close() {
    enabled.clear();
    loaded.clear();
    if (object != null) {
      object.close();
      object = null;
    }
  }

  private static boolean isEnabled(BundleContext context, Feature feature) {
    String filter = "(osgi.condition.id=" + ProvidesSampler.PID_PREFIX + feature.sampler() + ')';
    try {
      return context.getServiceReferences("org.osgi.service.condition.Condition", filter) != null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private BpfObjectSpec spec(Set<Feature> wanted) {
    BpfObjectSpec.Builder spec =
        BpfObjectSpec.builder("scheduler").mapEntries("cpu_counters", cpus);
    TaskTable.size(spec, STAMPS, host);
    Set<String> hooks = new LinkedHashSet<>();
    for (Feature feature : Feature.values()) {
      spec.constant(feature.constant(), wanted.contains(feature));
      if (wanted.contains(feature)) {
        hooks.addAll(feature.hooks());
      }
    }
    for (String hook : hooks) {
      spec.hook(Hook.tracepoint(hook));
    }
    return spec.build();
  }
}

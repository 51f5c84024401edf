package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the one BPF object that the samplers of this bundle share. It is loaded for the first
 * feature, changed in place for each further one, so that features in use keep every count, and
 * closed with the last.
 */
@Component(service = SchedulerPrograms.class)
public final class SchedulerPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerPrograms.class);

  private final BpfHost host;
  private final Set<Feature> enabled = EnumSet.noneOf(Feature.class);
  private BpfObject object;

  @Activate
  public SchedulerPrograms(@Reference BpfHost host) {
    this.host = host;
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
      object = host.load(spec(wanted));
    } else {
      object.reload(spec(wanted));
    }
    enabled.add(feature);
    return object;
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
    try {
      object.reload(spec(enabled));
      if (feature == Feature.RUNQUEUE) {
        // from here on stamps of tasks get old; on Linux this clock is the CLOCK_MONOTONIC that
        // bpf_ktime_get_ns reads
        object.map(HistogramGroup.MAP).set(HistogramGroup.SINCE, System.nanoTime());
      }
    } catch (BpfException | UnsupportedException refused) {
      LOG.warn(
          "scheduler: {} could not be switched off and goes on unread: {}",
          feature.constant(),
          refused.getMessage());
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
    return host.possibleCpus();
  }

  @Deactivate
  synchronized void close() {
    enabled.clear();
    if (object != null) {
      object.close();
      object = null;
    }
  }

  private BpfObjectSpec spec(Set<Feature> wanted) {
    BpfObjectSpec.Builder spec =
        BpfObjectSpec.builder("scheduler")
            .mapEntries("task_stamps", host.pidSlots())
            .mapEntries("cpu_counters", host.possibleCpus());
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

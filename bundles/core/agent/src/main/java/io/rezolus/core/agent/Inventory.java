package io.rezolus.core.agent;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import io.rezolus.core.api.snapshot.SamplerStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** All samplers: those registered, and those that an installed bundle only declares. */
final class Inventory implements SamplerInventory {
  private final BundleContext context;
  private final SnapshotReader reader;
  private final IdleSampler idle;
  private final String version;
  private final long start = System.nanoTime();

  Inventory(BundleContext context, SnapshotReader reader, IdleSampler idle, String version) {
    this.context = context;
    this.reader = reader;
    this.idle = idle;
    this.version = version;
  }

  @Override
  public List<SamplerStatus> samplers() {
    Map<String, SamplerStatus> statuses = new TreeMap<>();
    for (SamplerSlot slot : reader.samplers()) {
      statuses.merge(slot.name(), registered(slot), Inventory::better);
    }
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision == null) {
        continue;
      }
      for (BundleCapability capability :
          revision.getDeclaredCapabilities(ProvidesSampler.NAMESPACE)) {
        if (capability.getAttributes().get(ProvidesSampler.NAMESPACE) instanceof String name) {
          SamplerStatus known = statuses.get(name);
          String origin = bundle.getSymbolicName() + ' ' + bundle.getVersion();
          if (known == null || !origin.equals(known.bundle())) {
            statuses.merge(name, idle.status(name, bundle), Inventory::better);
          }
        }
      }
    }
    return new ArrayList<>(statuses.values());
  }

  /**
   * Of two samplers with one name the one that runs, or else the one that should. Where the other
   * should run too, it says so: whoever installed that one waits for it.
   */
  private static SamplerStatus better(SamplerStatus a, SamplerStatus b) {
    SamplerStatus better = rank(b) < rank(a) ? b : a;
    SamplerStatus other = better == a ? b : a;
    if (better.reason() != null
        || other.state() == State.DISABLED
        || Objects.equals(better.bundle(), other.bundle())) {
      return better;
    }
    return new SamplerStatus(
        better.name(),
        better.state(),
        "runs from "
            + better.bundle()
            + ", not from "
            + other.bundle()
            + ", which has it too; uninstall one of the two",
        better.health(),
        better.bundle(),
        better.refreshNanos());
  }

  private static int rank(SamplerStatus status) {
    return switch (status.state()) {
      case ACTIVE -> 0;
      case FAILED -> 1;
      case DISABLED -> 2;
    };
  }

  private static SamplerStatus registered(SamplerSlot slot) {
    if (slot.refusal() != null) {
      return new SamplerStatus(
          slot.name(), State.FAILED, slot.refusal(), null, slot.bundle(), slot.refreshNanos());
    }
    SamplerHealth health;
    String reason = slot.fault();
    try {
      health = slot.health();
    } catch (RuntimeException e) {
      health = null;
      reason = reason == null ? Reason.of(e) : reason;
    }
    if (reason != null) {
      health = withFault(health, reason);
    } else if (health != null && health.level() != SamplerHealth.Level.HEALTHY) {
      reason = firstError(health);
    }
    return new SamplerStatus(
        slot.name(), State.ACTIVE, reason, health, slot.bundle(), slot.refreshNanos());
  }

  /** A sampler that cannot be read degrades like one whose program broke. */
  private static SamplerHealth withFault(SamplerHealth health, String reason) {
    List<ProgramStatus> programs = new ArrayList<>(health == null ? List.of() : health.programs());
    programs.add(ProgramStatus.broken("refresh", reason));
    return SamplerHealth.of(programs);
  }

  /** Of the worst verdict, since that one made the level. */
  private static String firstError(SamplerHealth health) {
    ProgramStatus.Verdict worst =
        health.level() == SamplerHealth.Level.UNSUPPORTED
            ? ProgramStatus.Verdict.UNSUPPORTED
            : ProgramStatus.Verdict.BROKEN;
    for (ProgramStatus program : health.programs()) {
      if (program.verdict() == worst) {
        return program.name() + ": " + program.error();
      }
    }
    return null;
  }

  @Override
  public Map<String, String> descriptions() {
    Map<String, String> descriptions = new TreeMap<>();
    for (SamplerSlot slot : reader.samplers()) {
      for (Metric metric : slot.metrics()) {
        descriptions.putIfAbsent(metric.name(), metric.description());
      }
    }
    return descriptions;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public Duration ttl() {
    return reader.ttl();
  }

  @Override
  public Duration sinceReading() {
    return reader.sinceReading();
  }
}

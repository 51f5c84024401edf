package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.ProgramCost;
import java.util.ArrayList;
import java.util.List;

/** A sampler that has its part of the shared programs switched on while it lives. */
abstract class SyscallSampler implements Sampler {
  private final SyscallPrograms programs;
  private final SyscallFeature feature;
  private final BpfObject object;
  private final ProgramCost cost;
  private final List<Metric> metrics;

  /**
   * Switches the part on.
   *
   * @param own what it measures, besides the cost of its programs
   */
  SyscallSampler(SyscallPrograms programs, SyscallFeature feature, List<Metric> own)
      throws BpfException, UnsupportedException {
    this.programs = programs;
    this.feature = feature;
    cost = new ProgramCost(feature.sampler());
    List<Metric> all = new ArrayList<>(own);
    all.addAll(ProgramCost.metrics(feature.sampler()));
    metrics = List.copyOf(all);
    object = programs.acquire(feature);
  }

  /** The running programs and their maps. */
  final BpfObject object() {
    return object;
  }

  /** A group of one member for each class. */
  final AcquisitionGroup group(String suffix, MetricKind kind, List<Metric> classes) {
    Schema.Builder schema = new Schema.Builder();
    classes.forEach(metric -> schema.add(kind, Member.scalar(name(), metric)));
    return new AcquisitionGroup(name(), name() + suffix, schema.build());
  }

  /**
   * What the programs cost so far, read anew.
   *
   * @param untracked events of threads that there was no room for
   */
  final void refreshCost(long untracked) {
    cost.refresh(programs.cost(feature), untracked);
  }

  final GroupData cost() {
    return cost.data();
  }

  @Override
  public final String name() {
    return feature.sampler();
  }

  @Override
  public final List<Metric> metrics() {
    return metrics;
  }

  @Override
  public final SamplerHealth health() {
    return programs.health(feature);
  }

  void close() {
    programs.release(feature);
  }
}

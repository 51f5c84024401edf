package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.RunStatistics;
import java.util.List;

/** What a sampler's programs cost; has members only once the kernel has counted something. */
final class ProgramCost {
  private final List<Metric> metrics;
  private final AcquisitionGroup group;
  private final Schema schema;
  private final BpfObject object;
  private final String[] hooks;

  ProgramCost(String sampler, Feature feature, BpfObject object) {
    metrics = metrics(sampler);
    this.object = object;
    hooks = feature.chargedHooks();
    Schema.Builder members = new Schema.Builder();
    for (Metric metric : metrics) {
      members.add(metric.kind(), Member.scalar(sampler, metric));
    }
    schema = members.build();
    group = new AcquisitionGroup(sampler, "main", Schema.EMPTY);
  }

  static List<Metric> metrics(String sampler) {
    return List.of(
        Metric.counter(
                "rezolus_bpf_run_count",
                null,
                "Executions of a sampler's BPF programs; counted only while"
                    + " kernel.bpf_stats_enabled is 1")
            .with("sampler", sampler),
        Metric.counter(
                "rezolus_bpf_run_time",
                "nanoseconds",
                "Time spent in a sampler's BPF programs; counted only while"
                    + " kernel.bpf_stats_enabled is 1")
            .with("sampler", sampler));
  }

  void refresh() {
    group.begin();
    RunStatistics cost = object.runStatistics(hooks);
    if (cost.runs() == 0) {
      return;
    }
    group.schema(schema);
    GroupData data = group.data();
    data.counter(0, cost.runs());
    data.counter(1, cost.nanos());
    group.end();
  }

  GroupData data() {
    return group.data();
  }
}

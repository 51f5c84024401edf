package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.RunStatistics;
import java.util.List;

/**
 * The group {@code main}: what the programs of a sampler cost. Empty unless the kernel keeps the
 * numbers ({@code kernel.bpf_stats_enabled}).
 */
final class ProgramCost {
  private final List<Metric> metrics;
  private final Schema schema;
  private final AcquisitionGroup group;

  ProgramCost(String sampler) {
    Metric runs =
        Metric.counter("rezolus_bpf_run_count", null, "Executions of this sampler's BPF programs.")
            .with("sampler", sampler);
    Metric time =
        Metric.counter("rezolus_bpf_run_time", "nanoseconds", "Time spent in them.")
            .with("sampler", sampler);
    metrics = List.of(runs, time);
    schema =
        new Schema(
            List.of(Member.scalar(sampler, runs), Member.scalar(sampler, time)),
            List.of(),
            List.of());
    group = new AcquisitionGroup(sampler, "main", Schema.EMPTY);
  }

  List<Metric> metrics() {
    return metrics;
  }

  void update(RunStatistics statistics) {
    if (statistics.runs() == 0 || statistics.nanos() == 0) {
      group.schema(Schema.EMPTY);
      return;
    }
    group.schema(schema);
    group.data().counter(0, statistics.runs());
    group.data().counter(1, statistics.nanos());
  }

  GroupData data() {
    return group.data();
  }
}

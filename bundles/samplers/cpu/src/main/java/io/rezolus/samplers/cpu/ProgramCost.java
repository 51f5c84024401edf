package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.RunStatistics;

/** What the programs cost; empty until the kernel was told to count that. */
final class ProgramCost {
  private static final Schema SCHEMA = schema();

  private final AcquisitionGroup group =
      new AcquisitionGroup(CpuUsageMetrics.SAMPLER, "main", Schema.EMPTY);

  void refresh(RunStatistics statistics) {
    if (statistics.runs() == 0) {
      return;
    }
    group.schema(SCHEMA);
    group.data().counter(0, statistics.runs());
    group.data().counter(1, statistics.nanos());
  }

  GroupData data() {
    return group.data();
  }

  private static Schema schema() {
    Schema.Builder schema = new Schema.Builder();
    for (Metric metric : new Metric[] {CpuUsageMetrics.RUN_COUNT, CpuUsageMetrics.RUN_TIME}) {
      schema.add(MetricKind.COUNTER, Member.scalar(CpuUsageMetrics.SAMPLER, metric));
    }
    return schema.build();
  }
}

package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.List;

/**
 * Counters that have one row per CPU in a BPF map. Every possible CPU has its members, so one that
 * comes online later is there already.
 */
final class PerCpuGroup {
  private final AcquisitionGroup group;
  private final MappedLongs rows;
  private final int stride;
  private final int offset;
  private final int metrics;
  private final long[] row;

  /**
   * @param stride longs in a row of the map
   * @param offset of the first metric in a row; the others follow
   */
  PerCpuGroup(
      String name, List<Metric> metrics, MappedLongs rows, int cpus, int stride, int offset) {
    this.rows = rows;
    this.stride = stride;
    this.offset = offset;
    this.metrics = metrics.size();
    row = new long[cpus * stride];
    Schema.Builder schema = new Schema.Builder();
    for (Metric metric : metrics) {
      for (int cpu = 0; cpu < cpus; cpu++) {
        schema.add(MetricKind.COUNTER, Member.indexed(CpuUsageMetrics.SAMPLER, metric, cpu));
      }
    }
    group = new AcquisitionGroup(CpuUsageMetrics.SAMPLER, name, schema.build());
  }

  void refresh() {
    group.begin();
    rows.read(0, row);
    GroupData data = group.data();
    int next = 0;
    for (int metric = 0; metric < metrics; metric++) {
      for (int at = offset + metric; at < row.length; at += stride) {
        data.counter(next++, row[at]);
      }
    }
    group.end();
  }

  GroupData data() {
    return group.data();
  }
}

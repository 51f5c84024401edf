package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.List;

/** Counters of each possible CPU, whether or not it ever ran. */
final class CpuGroup {
  private final AcquisitionGroup group;
  private final MappedLongs counters;
  private final int[] positions;

  CpuGroup(String sampler, String name, List<Column> columns, int cpus, MappedLongs counters) {
    group = new AcquisitionGroup(sampler, name, schema(sampler, columns, cpus));
    this.counters = counters;
    positions = new int[columns.size() * cpus];
    int next = 0;
    for (Column column : columns) {
      for (int cpu = 0; cpu < cpus; cpu++) {
        positions[next++] = cpu * CpuCounters.LONGS + column.position();
      }
    }
  }

  void refresh() {
    group.begin();
    GroupData data = group.data();
    for (int i = 0; i < positions.length; i++) {
      data.counter(i, counters.get(positions[i]));
    }
    group.end();
  }

  GroupData data() {
    return group.data();
  }

  static Schema schema(String sampler, List<Column> columns, int cpus) {
    Schema.Builder schema = new Schema.Builder();
    for (Column column : columns) {
      for (int cpu = 0; cpu < cpus; cpu++) {
        schema.add(column.metric().kind(), Member.indexed(sampler, column.metric(), cpu));
      }
    }
    return schema.build();
  }
}

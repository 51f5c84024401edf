package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.CgroupNames;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.List;
import java.util.Map;

/** Counters of each cgroup that exists and has been seen. */
final class CgroupGroup {
  private final String sampler;
  private final AcquisitionGroup group;
  private final List<Column> columns;
  private final int[] positions;
  private final CgroupNames names;
  private final MappedLongs counters;

  CgroupGroup(
      String sampler, String name, List<Column> columns, CgroupNames names, MappedLongs counters) {
    this.sampler = sampler;
    this.columns = columns;
    this.names = names;
    this.counters = counters;
    positions = columns.stream().mapToInt(Column::position).toArray();
    group = new AcquisitionGroup(sampler, name, Schema.EMPTY);
  }

  /**
   * Reads the counters.
   *
   * @param changed whether cgroups came or went since the last call
   */
  void refresh(boolean changed) {
    if (changed) {
      group.schema(schema());
    }
    group.begin();
    GroupData data = group.data();
    int[] live = names.live();
    int next = 0;
    for (int position : positions) {
      for (int id : live) {
        int row = id * CgroupCounters.LONGS;
        // another serial: the id has just gone to a cgroup that the next refresh will list
        if (counters.get(row + CgroupCounters.SERIAL) == names.serial(id)) {
          data.counter(next, counters.get(row + position));
        }
        next++;
      }
    }
    group.end();
  }

  GroupData data() {
    return group.data();
  }

  private Schema schema() {
    Schema.Builder schema = new Schema.Builder();
    for (Column column : columns) {
      for (int id : names.live()) {
        Map<String, String> labels = Map.of("name", names.path(id));
        schema.add(
            column.metric().kind(),
            Member.incarnated(sampler, column.metric(), id, names.serial(id), labels));
      }
    }
    return schema.build();
  }
}

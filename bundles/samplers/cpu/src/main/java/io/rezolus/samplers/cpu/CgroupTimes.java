package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.CgroupNames;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.Map;

/**
 * CPU time of the cgroups that exist. Rows of the map: serial number, user, system, exited.
 *
 * <p>A task's time moves to <em>exited</em> in the cgroup where it exits; a task that changed its
 * cgroup carries all its time there.
 */
final class CgroupTimes {
  private static final int LONGS = 4;
  private static final int USER = 1;
  private static final int SYSTEM = 2;
  private static final int EXITED = 3;

  private final CgroupNames names;
  private final MappedLongs rows;
  private final AcquisitionGroup usage =
      new AcquisitionGroup(CpuUsageMetrics.SAMPLER, "cpu_usage_cgroup_usage", Schema.EMPTY);
  private final AcquisitionGroup exited =
      new AcquisitionGroup(CpuUsageMetrics.SAMPLER, "cpu_usage_cgroup_exited", Schema.EMPTY);

  CgroupTimes(CgroupNames names, MappedLongs rows) {
    this.names = names;
    this.rows = rows;
  }

  /**
   * @param changed whether the names did since the last call
   */
  void refresh(boolean changed) {
    if (changed) {
      usage.schema(schema(CpuUsageMetrics.CGROUP_USER, CpuUsageMetrics.CGROUP_SYSTEM));
      exited.schema(schema(CpuUsageMetrics.CGROUP_EXITED));
    }
    usage.begin();
    int next = fill(usage.data(), 0, USER);
    fill(usage.data(), next, SYSTEM);
    usage.end();
    exited.begin();
    fill(exited.data(), 0, EXITED);
    exited.end();
  }

  GroupData usage() {
    return usage.data();
  }

  GroupData exited() {
    return exited.data();
  }

  private int fill(GroupData data, int from, int column) {
    int next = from;
    for (int id : names.live()) {
      data.counter(next++, value(id, column));
    }
    return next;
  }

  /** Until its first charge a cgroup's row still holds the times of the id's previous owner. */
  private long value(int id, int column) {
    return rows.get(id * LONGS) == names.serial(id) ? rows.get(id * LONGS + column) : 0;
  }

  private Schema schema(Metric... metrics) {
    Schema.Builder schema = new Schema.Builder();
    for (Metric metric : metrics) {
      for (int id : names.live()) {
        Map<String, String> name = Map.of("name", names.path(id));
        schema.add(
            MetricKind.COUNTER,
            Member.incarnated(CpuUsageMetrics.SAMPLER, metric, id, names.serial(id), name));
      }
    }
    return schema.build();
  }
}

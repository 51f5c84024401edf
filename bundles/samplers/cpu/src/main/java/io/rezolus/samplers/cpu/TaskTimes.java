package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * CPU time of living threads. The schema is a new one only when a task came, went, was renamed or
 * changed its cgroup; members of the tasks that stay are kept.
 */
final class TaskTimes {
  /** The path of the cgroup with this css id and serial number, or null if it is not known. */
  interface CgroupPaths {
    String path(int cssId, long serial);
  }

  private static final String NO_CGROUP = "/";

  private final CgroupPaths cgroups;
  private final AcquisitionGroup group =
      new AcquisitionGroup(CpuUsageMetrics.SAMPLER, "cpu_usage_task", Schema.EMPTY);

  private TaskRecords tasks = new TaskRecords();
  private TaskRecords before = new TaskRecords();
  private Member[] members = new Member[0];

  TaskTimes(CgroupPaths cgroups) {
    this.cgroups = cgroups;
  }

  /** Marks the start of the walk that yields the records of the next {@link #refresh}. */
  void begin() {
    group.begin();
  }

  /**
   * @param records what the iterator wrote, see {@link TaskRecords}
   */
  void read(ByteBuffer records) {
    TaskRecords last = tasks;
    tasks = before;
    before = last;
    tasks.read(records);
  }

  /**
   * @param namesChanged whether a cgroup may have got or lost its path since the last call
   */
  void refresh(boolean namesChanged) {
    if (namesChanged || !tasks.sameTasks(before)) {
      rebuild();
    }
    GroupData data = group.data();
    for (int i = 0; i < tasks.count(); i++) {
      data.counter(i, tasks.usage(i));
    }
    group.end();
  }

  GroupData data() {
    return group.data();
  }

  private void rebuild() {
    Member[] next = new Member[tasks.count()];
    int old = 0;
    for (int i = 0; i < next.length; i++) {
      while (old < members.length && before.pid(old) < tasks.pid(i)) {
        old++;
      }
      next[i] = member(i, old);
    }
    if (!Arrays.equals(next, members, (a, b) -> a == b ? 0 : 1)) {
      Schema.Builder schema = new Schema.Builder();
      for (Member member : next) {
        schema.add(MetricKind.COUNTER, member);
      }
      group.schema(schema.build());
    }
    members = next;
  }

  private Member member(int i, int old) {
    String path = cgroups.path(tasks.cssId(i), tasks.cssSerial(i));
    if (path == null) {
      path = NO_CGROUP;
    }
    if (old < members.length
        && tasks.sameTask(i, before, old)
        && members[old].labels().get("cgroup").equals(path)) {
      return members[old];
    }
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("pid", Integer.toString(tasks.pid(i)));
    labels.put("tgid", Integer.toString(tasks.tgid(i)));
    labels.put("cgroup", path);
    String comm = tasks.comm(i);
    if (!comm.isEmpty()) {
      labels.put("comm", comm);
    }
    return Member.incarnated(
        CpuUsageMetrics.SAMPLER, CpuUsageMetrics.TASK, tasks.pid(i), tasks.startTime(i), labels);
  }
}

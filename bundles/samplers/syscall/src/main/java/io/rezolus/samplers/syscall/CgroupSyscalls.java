package io.rezolus.samplers.syscall;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.CgroupNames;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.Map;

/** The group of the counters by cgroup: every class of each cgroup that exists. */
final class CgroupSyscalls {
  /** {@code struct cgroup_row}: serial number, then one counter for each class. */
  private static final int ROW = 1 + SyscallClass.COUNT;

  private final String sampler;
  private final CgroupNames names;
  private final MappedLongs rows;
  private final AcquisitionGroup group;
  private final long[] row = new long[ROW];
  // by css id; kept while the cgroup lives, so that one that comes or goes costs only its own
  private final Member[][] members = new Member[CgroupNames.SLOTS][];
  private final long[] memberSerials = new long[CgroupNames.SLOTS];

  CgroupSyscalls(String sampler, BpfObject object) {
    this.sampler = sampler;
    names = new CgroupNames(object);
    rows = object.map("cgroup_counters");
    group = new AcquisitionGroup(sampler, sampler + "_cgroup", Schema.EMPTY);
  }

  void refresh() {
    group.begin();
    if (names.refresh()) {
      group.schema(schema());
    }
    GroupData data = group.data();
    int slot = 0;
    for (int id : names.live()) {
      rows.read(id * ROW, row);
      // asked last: a row is cleared only after its serial is gone, and then its value stays
      if (rows.get(id * ROW) == names.serial(id)) {
        for (int i = 0; i < SyscallClass.COUNT; i++) {
          data.counter(slot + i, row[1 + i]);
        }
      }
      slot += SyscallClass.COUNT;
    }
    group.end();
  }

  GroupData data() {
    return group.data();
  }

  private Schema schema() {
    Schema.Builder schema = new Schema.Builder();
    for (int id : names.live()) {
      if (members[id] == null || memberSerials[id] != names.serial(id)) {
        members[id] = members(id);
        memberSerials[id] = names.serial(id);
      }
      for (Member member : members[id]) {
        schema.add(MetricKind.COUNTER, member);
      }
    }
    return schema.build();
  }

  private Member[] members(int id) {
    Member[] fresh = new Member[SyscallClass.COUNT];
    Map<String, String> labels = Map.of("name", names.path(id));
    for (int i = 0; i < fresh.length; i++) {
      Metric metric = SyscallMetrics.CGROUP_ENTRIES.get(i);
      fresh[i] = Member.incarnated(sampler, metric, id, names.serial(id), labels);
    }
    return fresh;
  }
}

package io.rezolus.samplers.cpu;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.test.kernel.CpuCgroup;
import java.util.List;
import java.util.Map;

/** Sums the values that a sampler shows under given labels. */
record Readings(List<GroupData> groups) {

  /** A fresh reading. */
  static Readings of(CpuUsageSampler sampler) throws Exception {
    sampler.refresh();
    return new Readings(sampler.groups());
  }

  /** Sum over the members that have all of {@code labels}. */
  long sum(String metric, Map<String, String> labels) {
    long sum = 0;
    for (GroupData group : groups) {
      List<Member> members = group.schema().counters();
      for (int i = 0; i < members.size(); i++) {
        if (matches(members.get(i), metric, labels)) {
          sum += group.counter(i);
        }
      }
    }
    return sum;
  }

  /** Number of members that have all of {@code labels}. */
  long count(String metric, Map<String, String> labels) {
    return groups.stream()
        .flatMap(group -> group.schema().counters().stream())
        .filter(member -> matches(member, metric, labels))
        .count();
  }

  long task(long pid) {
    return sum("task_cpu_usage", Map.of("pid", Long.toString(pid)));
  }

  long cgroup(CpuCgroup cgroup) {
    return sum("cgroup_cpu_usage", Map.of("name", cgroup.label()));
  }

  long exited(CpuCgroup cgroup) {
    return sum("cgroup_cpu_usage_exited_tasks", Map.of("name", cgroup.label()));
  }

  private static boolean matches(Member member, String metric, Map<String, String> labels) {
    return member.metric().equals(metric)
        && member.labels().entrySet().containsAll(labels.entrySet());
  }
}

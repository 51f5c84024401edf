package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.List;
import java.util.Map;

/** Looks values of a sampler up by their labels. */
final class Reading {
  private final List<GroupData> groups;

  private Reading(List<GroupData> groups) {
    this.groups = groups;
  }

  static Reading of(Sampler sampler) throws Exception {
    sampler.refresh();
    return new Reading(sampler.groups());
  }

  /** Sum of all counters that have these labels. */
  long counter(Map<String, String> labels) {
    long sum = 0;
    for (GroupData group : groups) {
      List<Member> members = group.schema().counters();
      for (int i = 0; i < members.size(); i++) {
        if (has(members.get(i), labels)) {
          sum += group.counter(i);
        }
      }
    }
    return sum;
  }

  long cgroup(String metric, String cgroup) {
    return counter(Map.of("metric", metric, "name", cgroup));
  }

  long cgroupSwitches(String kind, String cgroup) {
    return counter(
        Map.of("metric", "cgroup_scheduler_context_switch", "kind", kind, "name", cgroup));
  }

  /** The css id of a cgroup, or null where it is not exposed. */
  String cgroupId(String cgroup) {
    for (GroupData group : groups) {
      for (Member member : group.schema().counters()) {
        if (has(member, Map.of("name", cgroup))) {
          return member.labels().get("id");
        }
      }
    }
    return null;
  }

  /** A copy of the buckets. */
  long[] histogram(String metric) {
    for (GroupData group : groups) {
      List<Member> members = group.schema().histograms();
      for (int i = 0; i < members.size(); i++) {
        if (has(members.get(i), Map.of("metric", metric))) {
          return group.histogram(i).clone();
        }
      }
    }
    throw new IllegalArgumentException(metric + ": no such histogram");
  }

  private static boolean has(Member member, Map<String, String> labels) {
    return member.labels().entrySet().containsAll(labels.entrySet());
  }
}

package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.HashMap;
import java.util.Map;

/** A copy of what a sampler exposed at one moment; values are looked up by labels. */
final class Reading {
  private final Map<Member, Long> counters = new HashMap<>();
  private final Map<String, long[]> histograms = new HashMap<>();

  private Reading() {}

  static Reading of(Sampler sampler) throws Exception {
    sampler.refresh();
    Reading reading = new Reading();
    for (GroupData group : sampler.groups()) {
      Schema schema = group.schema();
      for (int i = 0; i < schema.counters().size(); i++) {
        if (group.hasCounter(i)) {
          reading.counters.put(schema.counters().get(i), group.counter(i));
        }
      }
      for (int i = 0; i < schema.histograms().size(); i++) {
        reading.histograms.put(schema.histograms().get(i).metric(), group.histogram(i).clone());
      }
    }
    return reading;
  }

  /** Sum of all counters that have these labels. */
  long counter(Map<String, String> labels) {
    return counters.entrySet().stream()
        .filter(counter -> has(counter.getKey(), labels))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long cgroupSwitches(String kind, String cgroup) {
    return counter(
        Map.of("metric", "cgroup_scheduler_context_switch", "kind", kind, "name", cgroup));
  }

  /** The css id of a cgroup, or null where it is not exposed. */
  String cgroupId(String cgroup) {
    return counters.keySet().stream()
        .filter(member -> has(member, Map.of("name", cgroup)))
        .map(member -> member.labels().get("id"))
        .findAny()
        .orElse(null);
  }

  long[] histogram(String metric) {
    return histograms.get(metric);
  }

  private static boolean has(Member member, Map<String, String> labels) {
    return member.labels().entrySet().containsAll(labels.entrySet());
  }
}

package io.rezolus.core.bpfhost;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.ArrayList;
import java.util.List;

/**
 * The group {@code main} of a sampler: what its programs cost, and what they were kept from seeing.
 * Has a member only once the kernel has counted something for it.
 */
public final class ProgramCost {
  private final String sampler;
  private final List<Metric> metrics;
  private final AcquisitionGroup group;

  public ProgramCost(String sampler) {
    this.sampler = sampler;
    metrics = metrics(sampler);
    group = new AcquisitionGroup(sampler, "main", Schema.EMPTY);
  }

  /** What the group may have, in the order of {@link #refresh(RunStatistics, long)}. */
  public static List<Metric> metrics(String sampler) {
    return List.of(
        Metric.counter(
                "rezolus_bpf_run_count",
                null,
                "Executions of a sampler's BPF programs; counted only while"
                    + " kernel.bpf_stats_enabled is 1")
            .with("sampler", sampler),
        Metric.counter(
                "rezolus_bpf_run_time",
                "nanoseconds",
                "Time spent in a sampler's BPF programs; counted only while"
                    + " kernel.bpf_stats_enabled is 1")
            .with("sampler", sampler),
        Metric.counter(
                "rezolus_bpf_missed_runs",
                null,
                "Events the kernel did not hand to a sampler's BPF programs because they were at"
                    + " work on that CPU already; those events are in no other metric")
            .with("sampler", sampler),
        Metric.counter(
                "rezolus_bpf_untracked_events",
                null,
                "Events of tasks that a sampler's BPF programs had no room to keep track of; those"
                    + " events are in no other metric")
            .with("sampler", sampler));
  }

  /** Takes the present figures of programs that keep track of no tasks. */
  public void refresh(RunStatistics statistics) {
    refresh(statistics, 0);
  }

  /**
   * Takes the present figures.
   *
   * @param untracked events of tasks that there was no room for, see {@link TaskTable}
   */
  public void refresh(RunStatistics statistics, long untracked) {
    group.begin();
    long[] values = {statistics.runs(), statistics.nanos(), statistics.missed(), untracked};
    int members = 0;
    for (long value : values) {
      members += value == 0 ? 0 : 1;
    }
    if (members != group.data().schema().counters().size()) {
      group.schema(schema(values));
    }
    int member = 0;
    for (long value : values) {
      if (value != 0) {
        group.data().counter(member++, value);
      }
    }
    if (members > 0) {
      group.end();
    }
  }

  public GroupData data() {
    return group.data();
  }

  /** Counters never go back to 0, so as many members are the same members. */
  private Schema schema(long[] values) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        members.add(Member.scalar(sampler, metrics.get(i)));
      }
    }
    return new Schema(members, List.of(), List.of());
  }
}

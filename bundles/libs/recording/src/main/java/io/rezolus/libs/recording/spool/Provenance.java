package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds where a snapshot came from to the labels of every member, so that recordings of several
 * sources can be told apart once they are combined. Not thread safe.
 */
public final class Provenance {
  private final Map<String, String> labels;
  // by group name: the schema last seen and what became of it
  private final Map<String, Labelled> known = new HashMap<>();

  /**
   * @param source name of the source, {@code rezolus} for an agent
   * @param endpoint the URL as given, normalised
   */
  public Provenance(String source, String endpoint) {
    labels = Map.of("source", source, "endpoint", endpoint);
  }

  /** The same snapshot with more labels; it shares nothing with the given one. */
  public Snapshot apply(Snapshot snapshot) {
    List<GroupData> groups = new ArrayList<>(snapshot.groups().size());
    for (GroupData group : snapshot.groups()) {
      if (group.hasReadings()) {
        groups.add(apply(group));
      }
    }
    return new Snapshot(
        snapshot.systemTimeNanos(), snapshot.durationNanos(), snapshot.metadata(), groups);
  }

  private GroupData apply(GroupData group) {
    Labelled labelled = known.get(group.name());
    if (labelled == null || labelled.original() != group.schema()) {
      labelled = new Labelled(group.schema(), label(group.schema()));
      known.put(group.name(), labelled);
    }
    GroupData copy = new GroupData(group.name(), labelled.schema());
    if (group.windowed()) {
      copy.window(group.windowBeginNanos(), group.windowEndNanos());
    }
    for (int i = 0; i < group.schema().counters().size(); i++) {
      if (group.hasCounter(i)) {
        copy.counter(i, group.counter(i));
      }
    }
    for (int i = 0; i < group.schema().gauges().size(); i++) {
      if (group.hasGauge(i)) {
        copy.gauge(i, group.gauge(i));
      }
    }
    for (int i = 0; i < group.schema().histograms().size(); i++) {
      long[] buckets = group.histogram(i);
      if (buckets != null) {
        long[] target = copy.writeHistogram(i, group.groupingPower(i), group.maxValuePower(i));
        System.arraycopy(buckets, 0, target, 0, target.length);
      }
    }
    return copy;
  }

  private Schema label(Schema schema) {
    return new Schema(label(schema.counters()), label(schema.gauges()), label(schema.histograms()));
  }

  private List<Member> label(List<Member> members) {
    List<Member> labelled = new ArrayList<>(members.size());
    for (Member member : members) {
      SortedMap<String, String> more = new TreeMap<>(member.labels());
      more.putAll(labels);
      labelled.add(new Member(member.name(), more));
    }
    return labelled;
  }

  private record Labelled(Schema original, Schema schema) {}
}

package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.List;

/** Version 2: flat lists of entries, each with its labels and, where known, its window. */
final class SnapshotV2Encoder implements SnapshotEncoder {
  private final SchemaEncodings<EntryEncoding> entries =
      new SchemaEncodings<>((group, former) -> new EntryEncoding(group.schema()));

  @Override
  public void encode(Snapshot snapshot, MsgpackBuffer out) {
    List<GroupData> groups = snapshot.groups();
    out.array(6)
        .time(snapshot.systemTimeNanos())
        .time(snapshot.durationNanos())
        .strings(snapshot.metadata());
    counters(groups, out);
    gauges(groups, out);
    histograms(groups, out);
    entries.endSnapshot();
  }

  private void counters(List<GroupData> groups, MsgpackBuffer out) {
    int count = 0;
    for (int g = 0; g < groups.size(); g++) {
      GroupData group = groups.get(g);
      for (int i = 0; i < group.schema().counters().size(); i++) {
        count += V2Membership.counter(group, i) ? 1 : 0;
      }
    }
    out.array(count);
    for (int g = 0; g < groups.size(); g++) {
      GroupData group = groups.get(g);
      EntryEncoding encoding = entries.of(group);
      for (int i = 0; i < group.schema().counters().size(); i++) {
        if (V2Membership.counter(group, i)) {
          open(group, out).raw(encoding.counterName(i)).unsigned(group.counter(i));
          close(group, out.raw(encoding.counterLabels(i)));
        }
      }
    }
  }

  private void gauges(List<GroupData> groups, MsgpackBuffer out) {
    int count = 0;
    for (int g = 0; g < groups.size(); g++) {
      GroupData group = groups.get(g);
      for (int i = 0; i < group.schema().gauges().size(); i++) {
        count += V2Membership.gauge(group, i) ? 1 : 0;
      }
    }
    out.array(count);
    for (int g = 0; g < groups.size(); g++) {
      GroupData group = groups.get(g);
      EntryEncoding encoding = entries.of(group);
      for (int i = 0; i < group.schema().gauges().size(); i++) {
        if (V2Membership.gauge(group, i)) {
          open(group, out).raw(encoding.gaugeName(i)).signed(group.gauge(i));
          close(group, out.raw(encoding.gaugeLabels(i)));
        }
      }
    }
  }

  private void histograms(List<GroupData> groups, MsgpackBuffer out) {
    int count = 0;
    for (int g = 0; g < groups.size(); g++) {
      GroupData group = groups.get(g);
      for (int i = 0; i < group.schema().histograms().size(); i++) {
        count += group.hasHistogram(i) ? 1 : 0;
      }
    }
    out.array(count);
    for (int g = 0; g < groups.size(); g++) {
      GroupData group = groups.get(g);
      EntryEncoding encoding = entries.of(group);
      for (int i = 0; i < group.schema().histograms().size(); i++) {
        if (group.hasHistogram(i)) {
          open(group, out).raw(encoding.histogramName(i));
          HistogramWire.encode(group, i, out);
          close(
              group,
              out.raw(encoding.histogramLabels(i, group.groupingPower(i), group.maxValuePower(i))));
        }
      }
    }
  }

  private static MsgpackBuffer open(GroupData group, MsgpackBuffer out) {
    return out.array(group.windowed() ? 4 : 3);
  }

  private static void close(GroupData group, MsgpackBuffer out) {
    if (group.windowed()) {
      out.array(2).unsigned(group.windowBeginNanos()).unsigned(group.windowEndNanos());
    }
  }
}

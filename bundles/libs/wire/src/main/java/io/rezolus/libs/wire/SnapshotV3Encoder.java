package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.List;

/** Version 3: groups that always carry their schema. Groups without any reading are left out. */
final class SnapshotV3Encoder implements SnapshotEncoder {
  private final SchemaEncodings<GroupHead> heads = new SchemaEncodings<>(GroupHead::of);

  @Override
  public void encode(Snapshot snapshot, MsgpackBuffer out) {
    List<GroupData> groups = snapshot.groups();
    out.array(4)
        .time(snapshot.systemTimeNanos())
        .time(snapshot.durationNanos())
        .strings(snapshot.metadata());
    int count = 0;
    for (int i = 0; i < groups.size(); i++) {
      count += groups.get(i).hasReadings() ? 1 : 0;
    }
    out.array(count);
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).hasReadings()) {
        group(groups.get(i), out);
      }
    }
    heads.endSnapshot();
  }

  private void group(GroupData group, MsgpackBuffer out) {
    out.array(7).raw(heads.of(group).bytes());
    if (group.windowed()) {
      out.array(2).unsigned(group.windowBeginNanos()).unsigned(group.windowEndNanos());
    } else {
      out.nil();
    }
    int counters = group.schema().counters().size();
    out.array(counters);
    for (int i = 0; i < counters; i++) {
      if (group.hasCounter(i)) {
        out.unsigned(group.counter(i));
      } else {
        out.nil();
      }
    }
    int gauges = group.schema().gauges().size();
    out.array(gauges);
    for (int i = 0; i < gauges; i++) {
      if (group.hasGauge(i)) {
        out.signed(group.gauge(i));
      } else {
        out.nil();
      }
    }
    int histograms = group.schema().histograms().size();
    out.array(histograms);
    for (int i = 0; i < histograms; i++) {
      if (group.hasHistogram(i)) {
        HistogramWire.encode(group, i, out);
      } else {
        out.nil();
      }
    }
  }
}

package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.GroupData;

/** A dense histogram as {@code [config, buckets]}, the configuration with its derived fields. */
final class HistogramWire {
  static final int CONFIG_FIELDS = 8;

  private HistogramWire() {}

  static void encode(GroupData group, int slot, MsgpackBuffer out) {
    int grouping = group.groupingPower(slot);
    int max = group.maxValuePower(slot);
    long[] buckets = group.histogram(slot);
    // computed in place rather than through an object, for there is one histogram after another
    out.array(2)
        .array(CONFIG_FIELDS)
        .unsigned(max == 64 ? -1L : (1L << max) - 1)
        .unsigned(grouping)
        .unsigned(max)
        .unsigned(grouping + 1)
        .unsigned(1L << (grouping + 1))
        .unsigned(1L << (grouping + 1))
        .unsigned(1L << grouping)
        .unsigned((long) (max - grouping - 1) << grouping)
        .array(buckets.length)
        .unsigned(buckets);
  }
}

package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.libs.histogram.HistogramConfig;
import java.io.IOException;
import java.util.Arrays;

/**
 * A histogram as received. Only the two powers and the counts matter; the other fields of its
 * configuration follow from them.
 */
record HistogramReading(long groupingPower, long maxValuePower, long[] buckets) {

  static HistogramReading decode(WireReader in) throws IOException {
    in.array(2, "a histogram");
    in.array(HistogramWire.CONFIG_FIELDS, "a histogram configuration");
    in.unsigned();
    long groupingPower = in.unsigned();
    long maxValuePower = in.unsigned();
    for (int i = 3; i < HistogramWire.CONFIG_FIELDS; i++) {
      in.unsigned();
    }
    int count = in.array();
    long[] buckets = new long[Math.min(count, 512)];
    for (int i = 0; i < count; i++) {
      if (i == buckets.length) {
        buckets = Arrays.copyOf(buckets, (int) Math.min(count, 2L * i));
      }
      buckets[i] = in.unsigned();
    }
    return new HistogramReading(groupingPower, maxValuePower, buckets);
  }

  /** Whether the configuration exists and has that many buckets. */
  boolean isLegal() {
    return groupingPower >= 0
        && groupingPower < 64
        && maxValuePower >= 0
        && maxValuePower <= 64
        && HistogramConfig.isLegal((int) groupingPower, (int) maxValuePower)
        && config().bucketCount() == buckets.length;
  }

  private HistogramConfig config() {
    return new HistogramConfig((int) groupingPower, (int) maxValuePower);
  }

  void writeTo(GroupData group, int slot) {
    long[] target = group.writeHistogram(slot, (int) groupingPower, (int) maxValuePower);
    System.arraycopy(buckets, 0, target, 0, buckets.length);
  }
}

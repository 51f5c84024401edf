package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.MappedLongs;

/** One histogram of {@code struct histograms} of {@code bpf/scheduler.bpf.c}. */
final class HistogramGroup {
  static final String MAP = "histograms";

  /** Order of the histograms in the map. */
  static final int WAIT = 0;

  static final int RUNNING = 1;
  static final int BLOCKED = 2;

  private static final int GROUPING_POWER = 3;
  private static final int MAX_VALUE_POWER = 64;
  private static final int BUCKETS = (MAX_VALUE_POWER - GROUPING_POWER + 1) << GROUPING_POWER;

  /** Position in the map of the monotonic time before which the stamps of tasks are void. */
  static final int SINCE = 3 * BUCKETS;

  private final AcquisitionGroup group;
  private final MappedLongs histograms;
  private final int first;

  /**
   * @param position of the histogram in the map
   */
  HistogramGroup(String sampler, String name, Metric metric, int position, MappedLongs histograms) {
    Schema.Builder schema = new Schema.Builder();
    schema.add(metric.kind(), Member.scalar(sampler, metric));
    group = new AcquisitionGroup(sampler, name, schema.build());
    this.histograms = histograms;
    first = position * BUCKETS;
  }

  void refresh() {
    group.begin();
    histograms.read(first, group.data().writeHistogram(0, GROUPING_POWER, MAX_VALUE_POWER));
    group.end();
  }

  GroupData data() {
    return group.data();
  }
}

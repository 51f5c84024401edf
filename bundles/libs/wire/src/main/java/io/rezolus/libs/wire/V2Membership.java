package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;

/**
 * Which readings version 2 sends. It has no schema, so an indexed member (one of a CPU, a cgroup, a
 * device) that counted nothing is left out; a scalar of 0 is sent.
 */
final class V2Membership {
  private V2Membership() {}

  static boolean counter(GroupData group, int i) {
    return group.hasCounter(i)
        && (group.counter(i) != 0 || !indexed(group.schema().counters().get(i)));
  }

  static boolean gauge(GroupData group, int i) {
    return group.hasGauge(i)
        && (group.gauge(i) != Long.MIN_VALUE || !indexed(group.schema().gauges().get(i)));
  }

  private static boolean indexed(Member member) {
    return member.labels().containsKey("id");
  }
}

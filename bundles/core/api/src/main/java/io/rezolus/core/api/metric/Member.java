package io.rezolus.core.api.metric;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One series of a group: a column identity and the labels under which consumers find it.
 *
 * @param name opaque column identity, unique among all groups of a snapshot; equal names in two
 *     snapshots of one host are the same series, also across agent restarts
 * @param labels every exposed label, {@code metric} (the metric's name) and {@code sampler} among
 *     them, sorted by key
 */
public record Member(String name, SortedMap<String, String> labels) {

  public Member {
    Objects.requireNonNull(name, "name");
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** The only series of {@code metric}. */
  public static Member scalar(String sampler, Metric metric) {
    return new Member(metric.key(), base(sampler, metric));
  }

  /**
   * The series of {@code metric} at a fixed index, such as a logical CPU.
   *
   * @param index 0-based; becomes the label {@code id}
   */
  public static Member indexed(String sampler, Metric metric, int index) {
    TreeMap<String, String> labels = base(sampler, metric);
    labels.put("id", Integer.toString(index));
    return new Member(metric.key() + '/' + index, labels);
  }

  /**
   * The series of {@code metric} at an index that is handed out again to something else once its
   * holder is gone: a cgroup's css id, a thread's tid.
   *
   * @param index becomes the label {@code id}
   * @param incarnation tells holders of the same index apart (css serial number, start time), so
   *     that a recording never joins two of them in one column
   * @param runtime labels of the holder: {@code name}, or {@code pid tgid comm cgroup}
   */
  public static Member incarnated(
      String sampler, Metric metric, int index, long incarnation, Map<String, String> runtime) {
    TreeMap<String, String> labels = base(sampler, metric);
    labels.put("id", Integer.toString(index));
    labels.putAll(runtime);
    return new Member(
        metric.key() + '/' + index + '@' + Long.toUnsignedString(incarnation, 36), labels);
  }

  /** The metric's name, or null where a foreign producer sent none. */
  public String metric() {
    return labels.get("metric");
  }

  private static TreeMap<String, String> base(String sampler, Metric metric) {
    TreeMap<String, String> labels = new TreeMap<>(metric.labels());
    labels.put("metric", metric.name());
    labels.put("sampler", sampler);
    if (metric.kind() == MetricKind.HISTOGRAM) {
      // every histogram of the agent: grouping power 3 over the whole unsigned range
      labels.put("grouping_power", "3");
      labels.put("max_value_power", "64");
    }
    return labels;
  }
}

package io.rezolus.core.api.metric;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A metric as a sampler declares it: a name, what it means, and the labels that never change.
 *
 * <p>Several metrics may share a name and differ in their labels ({@code cpu_usage} with {@code
 * state=user} and {@code state=system}); the pair is the identity.
 *
 * @param name exposed name, for example {@code scheduler_runqueue_latency}
 * @param kind how the value behaves
 * @param description one sentence for a person, served by {@code /metrics/descriptions}
 * @param labels static labels, {@code unit} among them where the value has one
 */
public record Metric(
    String name, MetricKind kind, String description, SortedMap<String, String> labels) {

  public Metric {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(description, "description");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("\"\": a metric needs a name");
    }
    labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A counter without labels besides its unit; {@code unit} may be null. */
  public static Metric counter(String name, String unit, String description) {
    return of(name, MetricKind.COUNTER, unit, description);
  }

  /** A gauge without labels besides its unit; {@code unit} may be null. */
  public static Metric gauge(String name, String unit, String description) {
    return of(name, MetricKind.GAUGE, unit, description);
  }

  /** A histogram without labels besides its unit; {@code unit} may be null. */
  public static Metric histogram(String name, String unit, String description) {
    return of(name, MetricKind.HISTOGRAM, unit, description);
  }

  /** The same metric with one more static label. */
  public Metric with(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new Metric(name, kind, description, more);
  }

  /**
   * Short text that identifies this metric among all metrics of an agent, the same in every run:
   * name and label values joined by {@code /}, the unit left out, for example {@code
   * cpu_usage/user}. Column names of recordings start with it, so it must not depend on the order
   * in which samplers happened to start.
   */
  public String key() {
    StringBuilder key = new StringBuilder(name);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!label.getKey().equals("unit")) {
        key.append('/').append(label.getValue());
      }
    }
    return key.toString();
  }

  private static Metric of(String name, MetricKind kind, String unit, String description) {
    TreeMap<String, String> labels = new TreeMap<>();
    if (unit != null) {
      labels.put("unit", unit);
    }
    return new Metric(name, kind, description, labels);
  }
}

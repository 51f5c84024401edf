package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.json.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many series there are, and what labels make them many. */
final class Cardinality {
  private static final Comparator<Map.Entry<String, Long>> LARGEST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final Map<String, Long> metrics = new HashMap<>();
  private final Map<String, Map<String, Long>> labels = new HashMap<>();
  private long series;

  void add(Labels one) {
    series++;
    metrics.merge(one.get(Labels.NAME), 1L, Long::sum);
    for (int i = 0; i < one.size(); i++) {
      labels
          .computeIfAbsent(one.name(i), name -> new HashMap<>())
          .merge(one.value(i), 1L, Long::sum);
    }
  }

  long series() {
    return series;
  }

  /** Number of different pairs of a label and a value. */
  long pairs() {
    return labels.values().stream().mapToLong(Map::size).sum();
  }

  /** Writes the lists that Prometheus has, the largest first, at most {@code limit} of each. */
  void lists(JsonBytes json, int limit) throws IOException {
    Map<String, Long> values = new HashMap<>();
    Map<String, Long> bytes = new HashMap<>();
    Map<String, Long> pairs = new HashMap<>();
    labels.forEach(
        (name, counts) -> {
          values.put(name, (long) counts.size());
          counts.forEach(
              (value, count) -> {
                bytes.merge(name, count * value.getBytes(StandardCharsets.UTF_8).length, Long::sum);
                pairs.put(name + "=" + value, count);
              });
        });
    list(json, "seriesCountByMetricName", metrics, limit);
    list(json.raw(','), "labelValueCountByLabelName", values, limit);
    list(json.raw(','), "memoryInBytesByLabelName", bytes, limit);
    list(json.raw(','), "seriesCountByLabelValuePair", pairs, limit);
  }

  private static void list(JsonBytes json, String name, Map<String, Long> counts, int limit)
      throws IOException {
    List<Map.Entry<String, Long>> largest =
        counts.entrySet().stream().sorted(LARGEST).limit(limit).toList();
    json.string(name).raw(":[");
    String separator = "";
    for (Map.Entry<String, Long> one : largest) {
      json.raw(separator).raw("{\"name\":").string(one.getKey());
      json.raw(",\"value\":").number((long) one.getValue()).raw('}');
      separator = ",";
    }
    json.raw(']');
  }
}

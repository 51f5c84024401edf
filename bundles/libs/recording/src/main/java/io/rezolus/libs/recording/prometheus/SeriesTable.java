package io.rezolus.libs.recording.prometheus;

import io.rezolus.core.api.metric.Member;
import io.rezolus.libs.recording.RecordedColumn;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series seen so far, numbered by first sight: the number is the column's name for the rest of
 * the recording. A series that changes the scale of its values gets another number.
 */
final class SeriesTable {
  /** Keys that say something about a column, so that a label of that name would be taken for it. */
  private static final Set<String> OTHERWISE_MEANT =
      Set.of(
          "metric", "metric_type", "grouping_power", "max_value_power", RecordedColumn.VALUE_SCALE);

  /** What Prometheus calls a label that is in the way of one of its own. */
  private static final String EXPORTED = "exported_";

  private final Map<String, String> provenance;
  private final Map<Key, Series> series = new HashMap<>();
  private int next;

  /**
   * @param provenance labels that every series gets
   */
  SeriesTable(Map<String, String> provenance) {
    this.provenance = Map.copyOf(provenance);
  }

  Series of(String name, SortedMap<String, String> labels) {
    return series.computeIfAbsent(new Key(name, labels), Series::new);
  }

  private String stored(String label) {
    boolean meant = OTHERWISE_MEANT.contains(label) || provenance.containsKey(label);
    return meant ? EXPORTED + label : label;
  }

  /** A metric name and its labels. */
  record Key(String name, SortedMap<String, String> labels) {}

  /** What is remembered of one series. */
  final class Series {
    private final Key key;
    private final SeriesScale scale = new SeriesScale();
    private Member member;
    private int digits;

    Series(Key key) {
      this.key = key;
    }

    /** The column for a value of that many decimal digits. */
    Member member(int wanted) {
      if (member == null || digits != wanted) {
        SortedMap<String, String> labels = new TreeMap<>();
        key.labels().forEach((name, value) -> labels.put(stored(name), value));
        labels.put("metric", key.name());
        labels.putAll(provenance);
        if (wanted > 0) {
          labels.put(RecordedColumn.VALUE_SCALE, Long.toString((long) SeriesScale.power(wanted)));
        }
        member = new Member(Integer.toString(next++), labels);
        digits = wanted;
      }
      return member;
    }

    int digits(double value) {
      return scale.digits(value);
    }
  }
}

package io.rezolus.core.shell;

import io.rezolus.core.api.metric.Member;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The current value of one series.
 *
 * @param value of a counter or a gauge, or how many samples a histogram has
 * @param labels without the metric's name, which the series' name starts with
 */
public record Series(String name, String value, SortedMap<String, String> labels) {

  static Series of(Member member, String value) {
    SortedMap<String, String> labels = new TreeMap<>(member.labels());
    labels.remove("metric");
    return new Series(member.name(), value, labels);
  }
}

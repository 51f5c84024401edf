package io.rezolus.libs.recording.prometheus;

import java.util.HashMap;
import java.util.Map;

/** Types declared so far in an exposition. */
final class TypeTable {
  private static final String[] PARTS = {"_bucket", "_sum", "_count"};

  private final Map<String, MetricType> types = new HashMap<>();

  void declare(String name, MetricType type) {
    types.putIfAbsent(name, type);
  }

  /** Type of a sample, by its own name or as a part of the histogram or summary it belongs to. */
  MetricType of(String sample) {
    MetricType own = types.get(sample);
    if (own != null) {
      return own;
    }
    for (String part : PARTS) {
      if (sample.endsWith(part)) {
        MetricType whole = types.get(sample.substring(0, sample.length() - part.length()));
        if (whole == MetricType.HISTOGRAM
            || (whole == MetricType.SUMMARY && !part.equals("_bucket"))) {
          return whole;
        }
      }
    }
    return MetricType.UNTYPED;
  }
}

package io.rezolus.libs.recording.prometheus;

import java.util.Locale;

/** What a {@code # TYPE} line declares. */
enum MetricType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  SUMMARY,
  UNTYPED;

  /** The declared type; {@link #UNTYPED} for anything unknown. */
  static MetricType of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "counter" -> COUNTER;
      case "gauge" -> GAUGE;
      case "histogram" -> HISTOGRAM;
      case "summary" -> SUMMARY;
      default -> UNTYPED;
    };
  }
}

package io.rezolus.libs.recording.prometheus;

import java.util.SortedMap;

/**
 * One line of an exposition.
 *
 * @param name metric name, colons replaced by underscores
 * @param labels decoded
 * @param value may be NaN or infinite
 * @param timestampMillis the sample's own time since the Unix epoch; negative where it has none
 * @param type as declared before it, for the name without {@code _bucket}, {@code _sum} or {@code
 *     _count} where it belongs to a histogram or summary
 */
record TextSample(
    String name,
    SortedMap<String, String> labels,
    double value,
    long timestampMillis,
    MetricType type) {}

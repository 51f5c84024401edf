package io.rezolus.libs.query;

/**
 * What is known about a metric.
 *
 * @param kind {@code counter}, {@code gauge} or {@code histogram}
 * @param unit unit of its values; may be null
 * @param description help text; may be null
 * @param series number of its series
 */
public record MetricInfo(String kind, String unit, String description, int series) {}

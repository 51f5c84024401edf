package io.rezolus.libs.query;

/**
 * A labelled series of a source.
 *
 * @param labels including the metric name
 */
public record SourceSeries(Labels labels, Samples samples) {}

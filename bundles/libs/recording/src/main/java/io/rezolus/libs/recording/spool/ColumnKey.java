package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.MetricKind;

/**
 * Identity of a metric column: a name that changed its kind midway makes two columns.
 *
 * @param source which of the sources of a recording
 */
record ColumnKey(int source, MetricKind kind, String name) {}

package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.MetricKind;

/** Identity of a metric column: a name that changed its kind midway makes two columns. */
record ColumnKey(MetricKind kind, String name) {}

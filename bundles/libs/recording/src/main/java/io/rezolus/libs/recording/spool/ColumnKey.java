package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;

/** Identity of a metric column: a name that changed its kind midway makes two columns. */
record ColumnKey(MetricKind kind, String name) {
  /** The same column as parquet knows it. */
  Column column() {
    return switch (kind) {
      case COUNTER -> new Column(name, ColumnType.UINT64, false);
      case GAUGE -> new Column(name, ColumnType.INT64, false);
      case HISTOGRAM -> new Column(name + ":buckets", ColumnType.UINT64_LIST, false);
    };
  }
}

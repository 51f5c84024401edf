package io.rezolus.core.api.metric;

/** How the value of a metric behaves; decides its column type in every representation. */
public enum MetricKind {
  /** Unsigned 64-bit, cumulative since its source started; never a delta or a rate. */
  COUNTER,
  /** Signed 64-bit, an instantaneous value. */
  GAUGE,
  /** H2 histogram: unsigned 64-bit bucket counts, cumulative since its source started. */
  HISTOGRAM
}

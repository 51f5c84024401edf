package io.rezolus.core.api.snapshot;

import io.rezolus.core.api.metric.Schema;
import java.util.BitSet;
import java.util.Objects;

/**
 * The values of one acquisition group at one moment: a schema, an acquisition window and primitive
 * columns that are positional against the schema.
 *
 * <p>Not thread safe. Its owner refills it in place; readers must not keep it past the call in
 * which they received it. A slot that is not set has no reading (nil on the wire).
 */
public final class GroupData {
  private final String name;
  private final Schema schema;
  private final long[] counters;
  private final long[] gauges;
  private final long[][] histograms;
  private final byte[] groupingPowers;
  private final byte[] maxValuePowers;
  private final BitSet counterSet;
  private final BitSet gaugeSet;
  private final BitSet histogramSet;
  private boolean windowed;
  private long windowBeginNanos;
  private long windowEndNanos;

  /**
   * @param name {@code <sampler>/<group>}, unique in a snapshot
   * @param schema the members; all slots start without a reading
   */
  public GroupData(String name, Schema schema) {
    if (name.indexOf('/') <= 0) {
      throw new IllegalArgumentException(name + ": a group name reads <sampler>/<group>");
    }
    this.name = name;
    this.schema = Objects.requireNonNull(schema, "schema");
    int histogramCount = schema.histograms().size();
    counters = new long[schema.counters().size()];
    gauges = new long[schema.gauges().size()];
    histograms = new long[histogramCount][];
    groupingPowers = new byte[histogramCount];
    maxValuePowers = new byte[histogramCount];
    counterSet = new BitSet(counters.length);
    gaugeSet = new BitSet(gauges.length);
    histogramSet = new BitSet(histogramCount);
  }

  public String name() {
    return name;
  }

  public Schema schema() {
    return schema;
  }

  /** Whether the group says when it was read; groups fed from elsewhere may not. */
  public boolean windowed() {
    return windowed;
  }

  /** Start of the read, nanoseconds since the Unix epoch. Meaningless unless {@link #windowed}. */
  public long windowBeginNanos() {
    return windowBeginNanos;
  }

  /** End of the read, nanoseconds since the Unix epoch, never before the start. */
  public long windowEndNanos() {
    return windowEndNanos;
  }

  public void window(long beginNanos, long endNanos) {
    windowed = true;
    windowBeginNanos = beginNanos;
    windowEndNanos = endNanos;
  }

  public void clearWindow() {
    windowed = false;
    windowBeginNanos = 0;
    windowEndNanos = 0;
  }

  public boolean hasCounter(int i) {
    return counterSet.get(i);
  }

  /** Unsigned value of counter {@code i}; 0 where there is no reading. */
  public long counter(int i) {
    return counters[i];
  }

  public void counter(int i, long value) {
    counters[i] = value;
    counterSet.set(i);
  }

  public boolean hasGauge(int i) {
    return gaugeSet.get(i);
  }

  public long gauge(int i) {
    return gauges[i];
  }

  public void gauge(int i, long value) {
    gauges[i] = value;
    gaugeSet.set(i);
  }

  public boolean hasHistogram(int i) {
    return histogramSet.get(i);
  }

  /** H2 grouping power of the reading in slot {@code i}. */
  public int groupingPower(int i) {
    return groupingPowers[i];
  }

  /** H2 maximum value power of the reading in slot {@code i}, up to 64. */
  public int maxValuePower(int i) {
    return maxValuePowers[i];
  }

  /** Bucket counts of slot {@code i}, or null where there is no reading. The group's own array. */
  public long[] histogram(int i) {
    return histogramSet.get(i) ? histograms[i] : null;
  }

  /**
   * Marks slot {@code i} as read and hands out its bucket array to fill in; the array is reused as
   * long as the configuration stays the same.
   *
   * @return {@code (maxValuePower - groupingPower + 1) << groupingPower} counts
   */
  public long[] writeHistogram(int i, int groupingPower, int maxValuePower) {
    if (groupingPower < 0
        || groupingPower >= maxValuePower
        || maxValuePower > 64
        || groupingPower > 30) {
      throw new IllegalArgumentException(
          groupingPower + "," + maxValuePower + ": not an H2 histogram configuration");
    }
    int buckets = (maxValuePower - groupingPower + 1) << groupingPower;
    if (histograms[i] == null || histograms[i].length != buckets) {
      histograms[i] = new long[buckets];
    }
    groupingPowers[i] = (byte) groupingPower;
    maxValuePowers[i] = (byte) maxValuePower;
    histogramSet.set(i);
    return histograms[i];
  }

  /** Forgets all readings and the window; the schema and the arrays stay. */
  public void clear() {
    counterSet.clear();
    gaugeSet.clear();
    histogramSet.clear();
    java.util.Arrays.fill(counters, 0);
    java.util.Arrays.fill(gauges, 0);
    clearWindow();
  }

  /** Whether any slot has a reading. */
  public boolean hasReadings() {
    return !counterSet.isEmpty() || !gaugeSet.isEmpty() || !histogramSet.isEmpty();
  }
}

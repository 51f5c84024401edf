package io.rezolus.libs.query;

import java.util.List;

/** Answer to a query. */
public sealed interface QueryResult {
  /** Warnings and infos. */
  Annotations annotations();

  /** One string at the evaluation time. */
  record Text(long time, String value, Annotations annotations) implements QueryResult {}

  /** One number at the evaluation time. */
  record Scalar(long time, double value, Annotations annotations) implements QueryResult {}

  /** Elements at the evaluation time, in result order. */
  record Vector(long time, List<Series> series, Annotations annotations) implements QueryResult {}

  /** Series of points, sorted by labels. */
  record Matrix(List<Series> series, Annotations annotations) implements QueryResult {}

  /** Counts of the buckets of histograms, sorted by labels. */
  record Heatmap(List<HeatmapSeries> series, Annotations annotations) implements QueryResult {}

  /**
   * Counts of one label set, those that are not 0: parallel arrays in order of time, then bucket.
   *
   * @param times ns since the epoch, ascending
   * @param bounds largest value of each bucket, from the first used to the last
   * @param time index into {@code times}
   * @param bucket index into {@code bounds}
   * @param count values counted
   */
  record HeatmapSeries(
      Labels labels, long[] times, double[] bounds, int[] time, int[] bucket, double[] count) {}

  /**
   * Points of one label set in time order.
   *
   * @param band bounds of the values, row by row; null where nothing is known or nobody asked
   */
  record Series(Labels labels, Samples samples, Band band) {
    /** Points without bounds. */
    public Series(Labels labels, Samples samples) {
      this(labels, samples, null);
    }
  }
}

package io.rezolus.libs.query;

import java.util.List;

/** Answer to a query. */
public sealed interface QueryResult {
  /** Warnings and infos. */
  Annotations annotations();

  /** One string. */
  record Text(String value, Annotations annotations) implements QueryResult {}

  /** One number at the evaluation time. */
  record Scalar(long time, double value, Annotations annotations) implements QueryResult {}

  /** Elements at the evaluation time, in result order. */
  record Vector(long time, List<Series> series, Annotations annotations) implements QueryResult {}

  /** Series of points, sorted by labels. */
  record Matrix(List<Series> series, Annotations annotations) implements QueryResult {}

  /** Points of one label set in time order. */
  record Series(Labels labels, Samples samples) {}
}

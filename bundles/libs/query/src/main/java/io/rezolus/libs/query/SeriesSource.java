package io.rezolus.libs.query;

import java.util.List;

/** Where the engine gets its samples from. */
@FunctionalInterface
public interface SeriesSource {
  /**
   * The series that pass all matchers. A source may leave out samples outside {@code [startNanos,
   * endNanos]}, and series without any inside.
   */
  List<SourceSeries> select(List<Matcher> matchers, long startNanos, long endNanos);
}

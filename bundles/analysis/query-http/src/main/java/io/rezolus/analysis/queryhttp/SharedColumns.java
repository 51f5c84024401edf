package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.SourceSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A source that reads each selection once for all queries of a batch. What is kept counts against a
 * limit; above it, selections are read anew.
 */
final class SharedColumns implements SeriesSource {
  private record Selected(long start, long end, List<SourceSeries> series) {}

  private final SeriesSource source;
  private final long maxSamples;
  private final Map<String, List<Selected>> selections = new HashMap<>();
  private long samples;

  SharedColumns(SeriesSource source, long maxSamples) {
    this.source = source;
    this.maxSamples = maxSamples;
  }

  @Override
  public List<SourceSeries> select(List<Matcher> matchers, long start, long end) {
    List<Selected> known =
        selections.computeIfAbsent(
            String.join(",", matchers.stream().map(Matcher::toString).sorted().toList()),
            key -> new ArrayList<>());
    for (Selected one : known) {
      if (one.start <= start && one.end >= end) {
        return one.series;
      }
    }
    List<SourceSeries> series = source.select(matchers, start, end);
    long size = 0;
    for (SourceSeries one : series) {
      size += one.samples().size();
    }
    if (samples + size <= maxSamples) {
      samples += size;
      known.add(new Selected(start, end, series));
    }
    return series;
  }
}

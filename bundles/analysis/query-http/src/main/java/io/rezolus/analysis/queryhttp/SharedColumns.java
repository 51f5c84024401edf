package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.SourceSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A source that reads each selection once for all queries of a batch. What is kept counts against a
 * limit; above it, selections are read anew.
 */
final class SharedColumns implements SeriesSource {
  private record Selected(long start, long end, List<SourceSeries> series) {}

  private final SeriesSource source;
  private final long maxBytes;
  private final Map<String, List<Selected>> selections = new HashMap<>();
  private long bytes;

  SharedColumns(SeriesSource source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
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
    List<SourceSeries> series = new ArrayList<>();
    for (SourceSeries one : source.select(matchers, start, end)) {
      series.add(new SourceSeries(one.labels(), new Read(one)).withWindows(one::windows));
    }
    known.add(new Selected(start, end, series));
    return series;
  }

  /** Reads a series when it is first asked for and keeps it where there is room. */
  private final class Read implements Supplier<Samples> {
    private final SourceSeries series;
    private Samples kept;

    Read(SourceSeries series) {
      this.series = series;
    }

    @Override
    public Samples get() {
      if (kept != null) {
        return kept;
      }
      Samples samples = series.samples();
      if (bytes + samples.bytes() <= maxBytes) {
        bytes += samples.bytes();
        kept = samples;
      }
      return samples;
    }
  }
}

package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.RowWindows;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SourceSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Series in memory at one sample a second, from second 1000 on. */
final class MemorySource implements CatalogSource {
  static final long SECOND = 1_000_000_000L;
  static final long START = 1000 * SECOND;

  private final Map<Labels, Supplier<Samples>> series = new LinkedHashMap<>();
  private final int rows;
  int reads;

  /** When the rows of all series were read; null where nobody knows. */
  RowWindows windows;

  MemorySource(int rows) {
    this.rows = rows;
  }

  long[] times() {
    long[] times = new long[rows];
    for (int i = 0; i < rows; i++) {
      times[i] = START + i * SECOND;
    }
    return times;
  }

  void put(Labels labels, Samples samples) {
    put(labels, () -> samples);
  }

  void put(Labels labels, Supplier<Samples> samples) {
    series.put(
        labels,
        () -> {
          reads++;
          return samples.get();
        });
  }

  @Override
  public List<SourceSeries> select(List<Matcher> matchers, long startNanos, long endNanos) {
    return series(matchers, startNanos, endNanos).stream()
        .map(labels -> new SourceSeries(labels, series.get(labels)).withWindows(() -> windows))
        .toList();
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startNanos, long endNanos) {
    return series.keySet().stream()
        .filter(labels -> matchers.stream().allMatch(m -> m.matches(labels)))
        .toList();
  }

  @Override
  public SortedMap<String, MetricInfo> metrics() {
    SortedMap<String, MetricInfo> out = new TreeMap<>();
    series
        .keySet()
        .forEach(
            l -> out.put(l.get(Labels.NAME), new MetricInfo("counter", "bytes", "Traffic.", 1)));
    return out;
  }

  @Override
  public long startNanos() {
    return START;
  }

  @Override
  public long endNanos() {
    return START + (rows - 1) * SECOND;
  }

  @Override
  public long intervalNanos() {
    return SECOND;
  }
}

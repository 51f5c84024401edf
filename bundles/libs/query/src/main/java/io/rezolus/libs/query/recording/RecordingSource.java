package io.rezolus.libs.query.recording;

import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SourceSeries;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The series of a recording. Times are those of the sampling grid. A column is decoded when a query
 * reads it, and only the parts that overlap the time asked for; what was decoded stays in a cache.
 * Thread-safe.
 */
public final class RecordingSource implements CatalogSource {
  private static final String INTERVAL = "sampling_interval_ms";
  private static final long DEFAULT_INTERVAL_MS = 1000;

  private final SampleCache cache;
  private final long interval;
  private final Map<Table, TableTimes> times = new LinkedHashMap<>();
  private final SortedMap<String, List<RecordedSeries>> byMetric = new TreeMap<>();
  private final SortedMap<String, MetricInfo> metrics = new TreeMap<>();
  private final long start;
  private final long end;

  /**
   * Reads the times of a recording's rows.
   *
   * @param recording stays open as long as the source is used
   * @param labels put on every series, before labels of the same name in the recording
   * @throws IOException when the recording cannot be read or states no usable sampling interval
   */
  public RecordingSource(Recording recording, Map<String, String> labels, SampleCache cache)
      throws IOException {
    this(recording, labels, cache, () -> {});
  }

  /**
   * Reads the times of a recording's rows.
   *
   * @param unchanged called after each reading of a column, and when one fails; throws a
   *     QueryException when the file is no longer what was opened
   */
  public RecordingSource(
      Recording recording, Map<String, String> labels, SampleCache cache, Runnable unchanged)
      throws IOException {
    this.cache = cache;
    interval = interval(recording);
    Map<RecordedSeries.Key, RecordedSeries> series = new HashMap<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Table table : recording.tables()) {
      TableTimes t = TableTimes.read(table, interval);
      times.put(table, t);
      first = Math.min(first, t.first());
      last = Math.max(last, t.last());
      for (RecordedColumn column : table.columns()) {
        SortedMap<String, String> all = new TreeMap<>(column.labels());
        all.putAll(labels);
        all.put(Labels.NAME, column.metric());
        Labels l = Labels.of(all);
        RecordedSeries.Key key = new RecordedSeries.Key(l, column.kind(), column.histogram());
        RecordedSeries known = series.get(key);
        if (known == null) {
          known = new RecordedSeries(l, column, unchanged);
          series.put(key, known);
          byMetric.computeIfAbsent(column.metric(), m -> new ArrayList<>()).add(known);
        }
        known.add(table, t, column);
      }
    }
    start = first;
    end = last;
    Map<String, String> texts = Descriptions.of(recording);
    byMetric.forEach((name, all) -> metrics.put(name, info(all, texts.get(name))));
  }

  /** A source with a cache of its own and no labels added. */
  public static RecordingSource of(Recording recording, long cacheBytes) throws IOException {
    return new RecordingSource(recording, Map.of(), new SampleCache(cacheBytes));
  }

  private static long interval(Recording recording) throws IOException {
    String text = recording.metadata().get(INTERVAL);
    if (text == null) {
      return DEFAULT_INTERVAL_MS * 1_000_000;
    }
    try {
      long ms = Long.parseLong(text.strip());
      if (ms >= 0 && ms <= Long.MAX_VALUE / 4_000_000) {
        return ms * 1_000_000;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IOException(
        recording.name()
            + ": "
            + INTERVAL
            + " is \""
            + text
            + "\", expected a whole number of milliseconds");
  }

  private static MetricInfo info(List<RecordedSeries> series, String description) {
    RecordedColumn first = series.get(0).column();
    String own = first.metadata().get("description");
    return new MetricInfo(
        first.kind().name().toLowerCase(Locale.ROOT),
        first.unit(),
        own != null ? own : description,
        series.size());
  }

  private List<RecordedSeries> matching(List<Matcher> matchers, long from, long to) {
    String name = null;
    for (Matcher m : matchers) {
      if (m.name().equals(Labels.NAME) && m.op() == Matcher.Op.EQUAL) {
        name = m.value();
      }
    }
    List<RecordedSeries> out = new ArrayList<>();
    for (List<RecordedSeries> metric :
        name == null ? byMetric.values() : List.of(byMetric.getOrDefault(name, List.of()))) {
      for (RecordedSeries s : metric) {
        boolean passes = true;
        for (int i = 0; passes && i < matchers.size(); i++) {
          passes = matchers.get(i).matches(s.labels());
        }
        if (passes && s.overlaps(from, to)) {
          out.add(s);
        }
      }
    }
    return out;
  }

  @Override
  public List<SourceSeries> select(List<Matcher> matchers, long startNanos, long endNanos) {
    List<SourceSeries> out = new ArrayList<>();
    for (RecordedSeries s : matching(matchers, startNanos, endNanos)) {
      Supplier<Samples> samples = () -> s.read(cache, startNanos, endNanos, end, interval);
      SourceSeries series =
          s.isCached(cache, startNanos, endNanos)
              ? new SourceSeries(s.labels(), samples)
              : SourceSeries.decoded(s.labels(), samples);
      out.add(series.withWindows(() -> s.windows(startNanos, endNanos)));
    }
    return out;
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startNanos, long endNanos) {
    return matching(matchers, startNanos, endNanos).stream().map(RecordedSeries::labels).toList();
  }

  @Override
  public long estimateBytes(List<Matcher> matchers, long startNanos, long endNanos) {
    return matching(matchers, startNanos, endNanos).stream()
        .mapToLong(s -> s.estimateBytes(startNanos, endNanos))
        .sum();
  }

  @Override
  public SortedMap<String, MetricInfo> metrics() {
    return Collections.unmodifiableSortedMap(metrics);
  }

  @Override
  public long startNanos() {
    return start;
  }

  @Override
  public long endNanos() {
    return end;
  }

  @Override
  public long intervalNanos() {
    return interval;
  }

  /** Takes what was decoded out of the cache; the source stays usable. */
  public void forget() {
    byMetric.values().forEach(metric -> metric.forEach(cache::remove));
  }

  /**
   * Times at which rows were taken, before they were put on the sampling grid.
   *
   * @return ns since the epoch in ascending order, of all tables together
   */
  public long[] rawTimes() throws IOException {
    long[] all = new long[0];
    for (TableTimes t : times.values()) {
      long[] raw = t.raw();
      int n = all.length;
      all = Arrays.copyOf(all, n + raw.length);
      System.arraycopy(raw, 0, all, n, raw.length);
    }
    return Arrays.stream(all).sorted().distinct().toArray();
  }
}

package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Series held in memory, filled by load commands. */
final class MemorySource implements SeriesSource {
  /** One sample; {@code histogram} is null for floats, {@code start} 0 when unknown. */
  record Point(double value, NativeHistogram histogram, long start) {}

  private final Map<Labels, TreeMap<Long, Point>> series = new LinkedHashMap<>();
  private Map<Labels, Samples> columns;

  void clear() {
    series.clear();
    columns = null;
  }

  void put(Labels labels, TreeMap<Long, Point> points) {
    series.computeIfAbsent(labels, k -> new TreeMap<>()).putAll(points);
    columns = null;
  }

  @Override
  public List<SourceSeries> select(List<Matcher> matchers, long start, long end) {
    if (columns == null) {
      columns = new TreeMap<>();
      series.forEach((l, p) -> columns.put(l, column(p)));
    }
    List<SourceSeries> out = new ArrayList<>();
    columns.forEach(
        (l, s) -> {
          if (matchers.stream().allMatch(m -> m.matches(l))) {
            out.add(new SourceSeries(l, s));
          }
        });
    return out;
  }

  /** What a time series database knows when it reads the sample back. */
  private static NativeHistogram hinted(NativeHistogram before, NativeHistogram h) {
    if (h == null || h.hint == NativeHistogram.Hint.GAUGE) {
      return h;
    }
    boolean first = before == null || before.hint == NativeHistogram.Hint.GAUGE || before.isStale();
    return h.with(
        first || HistogramReset.between(before, h)
            ? NativeHistogram.Hint.UNKNOWN
            : NativeHistogram.Hint.NOT_RESET);
  }

  private static Samples column(TreeMap<Long, Point> points) {
    int n = points.size();
    double[] values = new double[n];
    NativeHistogram[] histograms = new NativeHistogram[n];
    long[] starts = new long[n];
    boolean anyHistogram = false;
    boolean anyStart = false;
    int i = 0;
    NativeHistogram before = null;
    for (Point p : points.values()) {
      values[i] = p.value;
      histograms[i] = hinted(before, p.histogram);
      before = p.histogram;
      starts[i] = p.start;
      anyHistogram |= p.histogram != null;
      anyStart |= p.start != 0;
      i++;
    }
    long[] times = points.keySet().stream().mapToLong(t -> t).toArray();
    return Samples.mixed(times, values, anyHistogram ? histograms : null, anyStart ? starts : null);
  }
}

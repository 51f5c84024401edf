package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds native histograms with explicit bounds from classic series. */
final class CustomBuckets {
  private static final class Parts {
    final TreeMap<Double, Double> cumulative = new TreeMap<>();
    double count = Double.NaN;
    double sum;
  }

  private CustomBuckets() {}

  static Map<Labels, TreeMap<Long, MemorySource.Point>> convert(
      Map<Labels, TreeMap<Long, MemorySource.Point>> classic) {
    Map<Labels, TreeMap<Long, Parts>> parts = new HashMap<>();
    classic.forEach(
        (labels, points) -> {
          String name = labels.get(Labels.NAME);
          for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
            if (!name.endsWith(suffix) || suffix.equals("_bucket") && labels.get("le").isEmpty()) {
              continue;
            }
            Labels base =
                labels
                    .with(Labels.NAME, name.substring(0, name.length() - suffix.length()))
                    .with("le", "");
            points.forEach(
                (time, p) -> {
                  if (p.histogram() != null
                      || Double.doubleToRawLongBits(p.value()) == Samples.STALE_BITS) {
                    return;
                  }
                  Parts at =
                      parts
                          .computeIfAbsent(base, k -> new TreeMap<>())
                          .computeIfAbsent(time, k -> new Parts());
                  switch (suffix) {
                    case "_bucket" -> at.cumulative.put(Numbers.parse(labels.get("le")), p.value());
                    case "_count" -> at.count = p.value();
                    default -> at.sum = p.value();
                  }
                });
          }
        });
    Map<Labels, TreeMap<Long, MemorySource.Point>> out = new HashMap<>();
    parts.forEach(
        (labels, times) ->
            times.forEach(
                (time, p) -> {
                  if (!p.cumulative.isEmpty()) {
                    out.computeIfAbsent(labels, k -> new TreeMap<>())
                        .put(time, new MemorySource.Point(0, build(p), 0));
                  }
                }));
    return out;
  }

  private static NativeHistogram build(Parts p) {
    List<Double> bounds = new ArrayList<>(p.cumulative.keySet());
    bounds.remove(Double.POSITIVE_INFINITY);
    Double infinite = p.cumulative.get(Double.POSITIVE_INFINITY);
    double total =
        !Double.isNaN(p.count)
            ? p.count
            : infinite != null ? infinite : p.cumulative.lastEntry().getValue();
    TreeMap<Integer, Double> buckets = new TreeMap<>();
    double previous = 0;
    for (int i = 0; i < bounds.size(); i++) {
      double c = p.cumulative.get(bounds.get(i));
      buckets.put(i, c - previous);
      previous = c;
    }
    buckets.put(bounds.size(), total - previous);
    return new NativeHistogram(
        NativeHistogram.CUSTOM,
        0,
        0,
        total,
        p.sum,
        HistogramLayout.side(buckets).compact(),
        NativeHistogram.Side.EMPTY,
        bounds.stream().mapToDouble(d -> d).toArray(),
        NativeHistogram.Hint.UNKNOWN);
  }
}

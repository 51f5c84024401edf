package io.rezolus.libs.recording.prometheus;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.histogram.HistogramConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns the scrapes of one Prometheus endpoint into snapshots. Counters become unsigned, gauges
 * signed integers; a series with fractions is stored multiplied with the power of ten that its
 * label {@code value_scale} gives. A histogram becomes an H2 histogram in nanoseconds where its
 * name ends in {@code _seconds}, else in the unit that makes its smallest bound at least 1; a
 * summary becomes a gauge for each quantile. Series keep their column for the whole recording. Not
 * thread safe.
 */
public final class PrometheusSnapshots {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String GROUP = "prometheus/main";

  private final SeriesTable table;
  private final Map<String, String> help = new TreeMap<>();
  private final Map<String, Schema> schemas = new LinkedHashMap<>();
  private int unreadable;

  /**
   * @param source value of the label {@code source}
   * @param endpoint value of the label {@code endpoint}
   */
  public PrometheusSnapshots(String source, String endpoint) {
    table = new SeriesTable(Map.of("source", source, "endpoint", endpoint));
  }

  /**
   * Reads one scrape.
   *
   * @param body the exposition, UTF-8
   * @param fetchNanos when it was fetched, nanoseconds since the Unix epoch
   */
  public Snapshot read(byte[] body, long fetchNanos) {
    Exposition exposition = Exposition.parse(new String(body, StandardCharsets.UTF_8));
    unreadable = exposition.unreadable();
    exposition.help().forEach(help::putIfAbsent);
    // samples with a time of their own are in a group of that time
    Map<Long, Map<Member, Reading>> groups = new LinkedHashMap<>();
    Map<SeriesTable.Key, BucketBounds> histograms = new LinkedHashMap<>();
    Map<SeriesTable.Key, Long> histogramTimes = new LinkedHashMap<>();
    for (TextSample sample : exposition.samples()) {
      long time =
          sample.timestampMillis() < 0 ? fetchNanos : sample.timestampMillis() * NANOS_PER_MILLI;
      if (isBucket(sample)) {
        SortedMap<String, String> labels = new TreeMap<>(sample.labels());
        String upper = labels.remove("le");
        String name = sample.name().substring(0, sample.name().length() - "_bucket".length());
        SeriesTable.Key key = new SeriesTable.Key(name, labels);
        histogramTimes.putIfAbsent(key, time);
        histograms.computeIfAbsent(key, k -> new BucketBounds()).add(bound(upper), sample.value());
      } else if (Double.isFinite(sample.value())) {
        scalar(sample, groups.computeIfAbsent(time, t -> new LinkedHashMap<>()));
      }
    }
    histograms.forEach(
        (key, bounds) -> {
          if (!bounds.isEmpty()) {
            Member member = table.of(key.name(), key.labels()).member(0);
            groups
                .computeIfAbsent(histogramTimes.get(key), t -> new LinkedHashMap<>())
                .put(member, new Reading(MetricKind.HISTOGRAM, 0, key.name(), bounds));
          }
        });
    return new Snapshot(fetchNanos, 0, Map.of(), groups(groups));
  }

  /** Help texts of all scrapes by metric name, the first of each. */
  public Map<String, String> descriptions() {
    return Collections.unmodifiableMap(help);
  }

  /** Lines of the last scrape that could not be read. */
  public int unreadableLines() {
    return unreadable;
  }

  private void scalar(TextSample sample, Map<Member, Reading> group) {
    SeriesTable.Series series = table.of(sample.name(), sample.labels());
    int digits = series.digits(sample.value());
    double scaled = sample.value();
    if (digits > 0) {
      scaled = Math.rint(scaled * SeriesScale.power(digits));
    }
    boolean counter = isCounter(sample);
    long value = counter ? Integers.unsigned(scaled) : Integers.signed(scaled);
    MetricKind kind = counter ? MetricKind.COUNTER : MetricKind.GAUGE;
    group.put(series.member(digits), new Reading(kind, value, null, null));
  }

  private static boolean isBucket(TextSample sample) {
    return sample.type() == MetricType.HISTOGRAM
        && sample.name().endsWith("_bucket")
        && sample.labels().containsKey("le");
  }

  private static boolean isCounter(TextSample sample) {
    String name = sample.name();
    return switch (sample.type()) {
      case COUNTER -> true;
      case GAUGE -> false;
      case HISTOGRAM, SUMMARY -> name.endsWith("_sum") || name.endsWith("_count");
      case UNTYPED -> name.endsWith("_total") || name.endsWith("_sum") || name.endsWith("_count");
    };
  }

  private static double bound(String upper) {
    try {
      return SampleLine.number(upper);
    } catch (IllegalArgumentException e) {
      return Double.NaN;
    }
  }

  private List<GroupData> groups(Map<Long, Map<Member, Reading>> byTime) {
    List<GroupData> groups = new ArrayList<>(byTime.size());
    byTime.forEach(
        (time, readings) -> {
          String name = groups.isEmpty() ? GROUP : GROUP + "." + (groups.size() + 1);
          groups.add(group(name, time, readings));
        });
    schemas.keySet().retainAll(groups.stream().map(GroupData::name).toList());
    return groups;
  }

  private GroupData group(String name, long time, Map<Member, Reading> readings) {
    Schema.Builder builder = new Schema.Builder();
    readings.forEach((member, reading) -> builder.add(reading.kind(), member));
    Schema built = builder.build();
    Schema before = schemas.get(name);
    // the same instance as long as nothing changes: whoever encodes it may keep what it made
    Schema schema = built.equals(before) ? before : built;
    schemas.put(name, schema);
    GroupData group = new GroupData(name, schema);
    group.window(time, time);
    int counters = 0;
    int gauges = 0;
    int histograms = 0;
    for (Reading reading : readings.values()) {
      switch (reading.kind()) {
        case COUNTER -> group.counter(counters++, reading.value());
        case GAUGE -> group.gauge(gauges++, reading.value());
        case HISTOGRAM -> {
          double scale = reading.bounds().scale(reading.name());
          HistogramConfig config = reading.bounds().config(scale);
          long[] buckets =
              group.writeHistogram(histograms++, config.groupingPower(), config.maxValuePower());
          reading.bounds().fill(scale, config, buckets);
        }
      }
    }
    return group;
  }

  private record Reading(MetricKind kind, long value, String name, BucketBounds bounds) {}
}

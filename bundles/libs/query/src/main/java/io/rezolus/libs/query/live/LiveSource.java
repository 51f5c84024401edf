package io.rezolus.libs.query.live;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.SourceSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recent past of an agent, fed with its snapshots. The oldest are forgotten when they are older
 * than a duration, or when all of them take more than a number of bytes. One thread adds, any
 * number of them ask.
 */
public final class LiveSource implements CatalogSource {
  private static final int LABELS_BYTES = 600;

  private final long window;
  private final long maxBytes;
  private final long interval;
  private final Map<String, String> descriptions;
  private final Map<String, LiveSeries> series = new LinkedHashMap<>();
  private final LiveTimes times = new LiveTimes();

  /**
   * An empty past.
   *
   * @param window how much of the past is held, at most
   * @param maxBytes memory it may take
   * @param interval time between two snapshots
   * @param descriptions help texts by metric name
   */
  public LiveSource(
      Duration window, long maxBytes, Duration interval, Map<String, String> descriptions) {
    this.window = window.toNanos();
    this.maxBytes = maxBytes;
    this.interval = interval.toNanos();
    this.descriptions = Map.copyOf(descriptions);
  }

  /**
   * Takes over all readings of a snapshot, unless it is the one that was taken over last. One that
   * is earlier comes from a clock that was set back: what was received for its time and later is
   * forgotten, as a series has one value at a time and the clock's owner thinks the new one right.
   *
   * @return by how much the clock was set back, ns; 0 as a rule
   */
  public synchronized long add(Snapshot snapshot) {
    long time = snapshot.systemTimeNanos();
    long newest = endNanos();
    if (time == newest) {
      return 0;
    }
    if (time < newest) {
      drop(times.after(time - 1));
    }
    long number = times.next();
    times.add(time);
    for (GroupData group : snapshot.groups()) {
      add(number, group);
    }
    forget(times.after(time - window));
    while (bytes() > maxBytes && times.next() - times.first() > 1) {
      // a tenth at a time: memory is measured by walking over all series
      forget(times.first() + 1 + (times.next() - times.first()) / 10);
    }
    return newest == Long.MIN_VALUE ? 0 : Math.max(0, newest - time);
  }

  private void drop(long number) {
    times.drop(number);
    series.values().forEach(each -> each.drop(number));
    series.values().removeIf(LiveSeries::isEmpty);
  }

  private void add(long number, GroupData group) {
    List<Member> counters = group.schema().counters();
    for (int i = 0; i < counters.size(); i++) {
      if (group.hasCounter(i)) {
        of(counters.get(i), MetricKind.COUNTER, null).add(number, group.counter(i));
      }
    }
    List<Member> gauges = group.schema().gauges();
    for (int i = 0; i < gauges.size(); i++) {
      if (group.hasGauge(i)) {
        of(gauges.get(i), MetricKind.GAUGE, null).add(number, group.gauge(i));
      }
    }
    List<Member> histograms = group.schema().histograms();
    for (int i = 0; i < histograms.size(); i++) {
      if (group.hasHistogram(i)) {
        HistogramConfig config =
            new HistogramConfig(group.groupingPower(i), group.maxValuePower(i));
        of(histograms.get(i), MetricKind.HISTOGRAM, config).add(number, group.histogram(i));
      }
    }
  }

  private LiveSeries of(Member member, MetricKind kind, HistogramConfig config) {
    LiveSeries known = series.get(member.name());
    if (known != null && known.kind() == kind && java.util.Objects.equals(known.config(), config)) {
      return known;
    }
    LiveSeries created = new LiveSeries(labels(member), kind, config, member.labels().get("unit"));
    series.put(member.name(), created);
    return created;
  }

  private static Labels labels(Member member) {
    Map<String, String> labels = new TreeMap<>(member.labels());
    String metric = labels.remove("metric");
    labels.keySet().removeAll(List.of("unit", "grouping_power", "max_value_power"));
    labels.put(Labels.NAME, metric == null ? member.name() : metric);
    return Labels.of(labels);
  }

  private void forget(long number) {
    if (number <= times.first()) {
      return;
    }
    times.forget(Math.min(number, times.next() - 1));
    series.values().forEach(each -> each.forget(times.first()));
    series.values().removeIf(LiveSeries::isEmpty);
  }

  /** Memory held now, roughly. */
  public synchronized long bytes() {
    long bytes = times.bytes();
    for (LiveSeries each : series.values()) {
      bytes += each.bytes() + LABELS_BYTES;
    }
    return bytes;
  }

  private List<LiveSeries> matching(List<Matcher> matchers, long from, long to) {
    List<LiveSeries> out = new ArrayList<>();
    for (LiveSeries each : series.values()) {
      boolean passes = each.overlaps(from, to);
      for (int i = 0; passes && i < matchers.size(); i++) {
        passes = matchers.get(i).matches(each.labels());
      }
      if (passes) {
        out.add(each);
      }
    }
    return out;
  }

  @Override
  public synchronized List<SourceSeries> select(
      List<Matcher> matchers, long startNanos, long endNanos) {
    long from = first(startNanos);
    long to = times.after(endNanos);
    List<SourceSeries> out = new ArrayList<>();
    for (LiveSeries each : matching(matchers, from, to)) {
      // copied now, so that the answer is of one moment
      out.add(new SourceSeries(each.labels(), each.samples(times, from, to)));
    }
    return out;
  }

  private long first(long startNanos) {
    return startNanos == Long.MIN_VALUE ? times.first() : times.after(startNanos - 1);
  }

  @Override
  public synchronized List<Labels> series(List<Matcher> matchers, long startNanos, long endNanos) {
    return matching(matchers, first(startNanos), times.after(endNanos)).stream()
        .map(LiveSeries::labels)
        .toList();
  }

  @Override
  public synchronized SortedMap<String, MetricInfo> metrics() {
    SortedMap<String, MetricInfo> out = new TreeMap<>();
    for (LiveSeries each : series.values()) {
      String name = each.labels().get(Labels.NAME);
      MetricInfo before = out.get(name);
      String kind = each.kind().name().toLowerCase(java.util.Locale.ROOT);
      int count = before == null ? 1 : before.series() + 1;
      out.put(name, new MetricInfo(kind, each.unit(), descriptions.get(name), count));
    }
    return out;
  }

  @Override
  public synchronized long startNanos() {
    return times.next() == times.first() ? Long.MAX_VALUE : times.time(times.first());
  }

  @Override
  public synchronized long endNanos() {
    return times.next() == times.first() ? Long.MIN_VALUE : times.time(times.next() - 1);
  }

  @Override
  public long intervalNanos() {
    return interval;
  }
}

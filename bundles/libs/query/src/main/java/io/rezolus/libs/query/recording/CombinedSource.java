package io.rezolus.libs.query.recording;

import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SourceSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Several sources as one, each with labels of its own put on its series. Series that are labelled
 * alike, as those of recordings that follow each other, are one series.
 */
public final class CombinedSource implements CatalogSource {
  /**
   * A source and the labels that tell it apart.
   *
   * @param labels replace labels of the same name; may be empty
   */
  public record Member(CatalogSource source, Map<String, String> labels) {}

  private final List<Member> members;

  public CombinedSource(List<Member> members) {
    this.members = List.copyOf(members);
  }

  /** Calls members with the matchers that are theirs; null is not among the results. */
  private <T> List<T> ask(List<Matcher> matchers, BiFunction<Member, List<Matcher>, T> question) {
    List<T> out = new ArrayList<>();
    for (Member m : members) {
      List<Matcher> rest = new ArrayList<>();
      boolean passes = true;
      for (Matcher matcher : matchers) {
        String added = m.labels.get(matcher.name());
        if (added == null) {
          rest.add(matcher);
        } else {
          passes &= matcher.matches(added);
        }
      }
      if (passes) {
        out.add(question.apply(m, rest));
      }
    }
    return out;
  }

  private static Labels relabel(Member m, Labels l) {
    if (m.labels.isEmpty()) {
      return l;
    }
    TreeMap<String, String> all = l.toMap();
    all.putAll(m.labels);
    return Labels.of(all);
  }

  @Override
  public List<SourceSeries> select(List<Matcher> matchers, long startNanos, long endNanos) {
    Map<Labels, List<SourceSeries>> all = new LinkedHashMap<>();
    ask(
        matchers,
        (m, rest) -> {
          for (SourceSeries s : m.source.select(rest, startNanos, endNanos)) {
            all.computeIfAbsent(relabel(m, s.labels()), l -> new ArrayList<>(1)).add(s);
          }
          return m;
        });
    List<SourceSeries> out = new ArrayList<>();
    all.forEach(
        (labels, parts) -> {
          if (parts.size() == 1) {
            out.add(parts.get(0).as(labels));
            return;
          }
          // numbers and histograms cannot be one series; the engine says so if they collide
          Map<Object, List<Samples>> kinds = new LinkedHashMap<>();
          for (SourceSeries s : parts) {
            Samples samples = s.samples();
            kinds.computeIfAbsent(samples.kind(), k -> new ArrayList<>()).add(samples);
          }
          kinds.values().forEach(k -> out.add(new SourceSeries(labels, Samples.splice(k))));
        });
    return out;
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long startNanos, long endNanos) {
    return ask(
            matchers,
            (m, rest) ->
                m.source.series(rest, startNanos, endNanos).stream()
                    .map(l -> relabel(m, l))
                    .toList())
        .stream()
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  @Override
  public long estimateBytes(List<Matcher> matchers, long startNanos, long endNanos) {
    return ask(matchers, (m, rest) -> m.source.estimateBytes(rest, startNanos, endNanos)).stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public SortedMap<String, MetricInfo> metrics() {
    SortedMap<String, MetricInfo> out = new TreeMap<>();
    for (Member m : members) {
      m.source.metrics().forEach((name, info) -> out.merge(name, info, CombinedSource::merge));
    }
    return out;
  }

  private static MetricInfo merge(MetricInfo a, MetricInfo b) {
    return new MetricInfo(
        a.kind(),
        a.unit() != null ? a.unit() : b.unit(),
        a.description() != null ? a.description() : b.description(),
        a.series() + b.series());
  }

  @Override
  public long startNanos() {
    return members.stream().mapToLong(m -> m.source.startNanos()).min().orElse(Long.MAX_VALUE);
  }

  @Override
  public long endNanos() {
    return members.stream().mapToLong(m -> m.source.endNanos()).max().orElse(Long.MIN_VALUE);
  }

  /** The longest of all, so that a window of that length holds a sample of every source. */
  @Override
  public long intervalNanos() {
    return members.stream().mapToLong(m -> m.source.intervalNanos()).max().orElse(0);
  }
}

package io.rezolus.core.api.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The members of one acquisition group, by kind. Values are positional against these lists.
 *
 * <p>Immutable. A group keeps the same instance for as long as its membership and labels stay the
 * same, so that whoever encodes it may cache by identity.
 */
public record Schema(List<Member> counters, List<Member> gauges, List<Member> histograms) {

  /** A group without members. */
  public static final Schema EMPTY = new Schema(List.of(), List.of(), List.of());

  public Schema {
    counters = List.copyOf(counters);
    gauges = List.copyOf(gauges);
    histograms = List.copyOf(histograms);
  }

  public boolean isEmpty() {
    return counters.isEmpty() && gauges.isEmpty() && histograms.isEmpty();
  }

  /** Number of members of all kinds. */
  public int size() {
    return counters.size() + gauges.size() + histograms.size();
  }

  /** Collects members in the order in which their values are going to be written. */
  public static final class Builder {
    private final List<Member> counters = new ArrayList<>();
    private final List<Member> gauges = new ArrayList<>();
    private final List<Member> histograms = new ArrayList<>();

    /** Appends a member of the given kind and returns its position among that kind. */
    public int add(MetricKind kind, Member member) {
      List<Member> members =
          switch (kind) {
            case COUNTER -> counters;
            case GAUGE -> gauges;
            case HISTOGRAM -> histograms;
          };
      members.add(member);
      return members.size() - 1;
    }

    public Schema build() {
      return new Schema(counters, gauges, histograms);
    }
  }
}

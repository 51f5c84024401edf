package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SchemaEncoding;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The stored form of rows. Each call appends to {@code out} and returns the estimated size. */
final class RowEncoder {
  private static final int ROW = 24;
  private static final int GROUP_CELL = 16;
  private static final int PLAIN_CELL = 40;

  private RowEncoder() {}

  /**
   * A row of a group.
   *
   * @param anchor whether the row is to carry the schema
   */
  static int group(GroupData group, SchemaEncoding schema, boolean anchor, MsgpackBuffer out) {
    int size = ROW;
    out.array(6).array(2).unsigned(schema.hashHigh()).unsigned(schema.hashLow());
    if (anchor) {
      out.raw(schema.bytes());
    } else {
      out.nil();
    }
    window(group, out);
    int counters = group.schema().counters().size();
    out.array(counters);
    for (int i = 0; i < counters; i++) {
      if (group.hasCounter(i)) {
        out.unsigned(group.counter(i));
        size += GROUP_CELL;
      } else {
        out.nil();
      }
    }
    int gauges = group.schema().gauges().size();
    out.array(gauges);
    for (int i = 0; i < gauges; i++) {
      if (group.hasGauge(i)) {
        out.signed(group.gauge(i));
        size += GROUP_CELL;
      } else {
        out.nil();
      }
    }
    int histograms = group.schema().histograms().size();
    out.array(histograms);
    for (int i = 0; i < histograms; i++) {
      if (group.hasHistogram(i)) {
        size += GROUP_CELL + histogram(group, i, out);
      } else {
        out.nil();
      }
    }
    return size;
  }

  /** Number of cells a group has in a plain row. */
  static int cells(GroupData group) {
    int cells = 0;
    for (int i = 0; i < group.schema().counters().size(); i++) {
      cells += group.hasCounter(i) ? 1 : 0;
    }
    for (int i = 0; i < group.schema().gauges().size(); i++) {
      cells += group.hasGauge(i) ? 1 : 0;
    }
    for (int i = 0; i < group.schema().histograms().size(); i++) {
      cells += group.hasHistogram(i) ? 1 : 0;
    }
    return cells;
  }

  /**
   * The cells of a plain row that come from one group.
   *
   * @param known names whose metadata is in an earlier row; those of this row are added
   */
  static int plain(GroupData group, Set<String> known, MsgpackBuffer out) {
    int size = 0;
    for (MetricKind kind : MetricKind.values()) {
      List<Member> members = members(group, kind);
      for (int i = 0; i < members.size(); i++) {
        if (has(group, kind, i)) {
          Member member = members.get(i);
          out.array(4).string(member.name());
          metadata(group, kind, i, member, known, out);
          size += PLAIN_CELL;
          switch (kind) {
            case COUNTER -> out.map(1).string("Counter").unsigned(group.counter(i));
            case GAUGE -> out.map(1).string("Gauge").signed(group.gauge(i));
            case HISTOGRAM -> {
              out.map(1).string("Histogram");
              size += histogram(group, i, out);
            }
          }
          window(group, out);
        }
      }
    }
    return size;
  }

  private static void metadata(
      GroupData group,
      MetricKind kind,
      int i,
      Member member,
      Set<String> known,
      MsgpackBuffer out) {
    if (!known.add(member.name())) {
      out.nil();
      return;
    }
    TreeMap<String, String> labels = new TreeMap<>(member.labels());
    if (kind == MetricKind.HISTOGRAM) {
      labels.put("grouping_power", Integer.toString(group.groupingPower(i)));
      labels.put("max_value_power", Integer.toString(group.maxValuePower(i)));
    }
    out.strings(labels);
  }

  private static List<Member> members(GroupData group, MetricKind kind) {
    return switch (kind) {
      case COUNTER -> group.schema().counters();
      case GAUGE -> group.schema().gauges();
      case HISTOGRAM -> group.schema().histograms();
    };
  }

  private static boolean has(GroupData group, MetricKind kind, int i) {
    return switch (kind) {
      case COUNTER -> group.hasCounter(i);
      case GAUGE -> group.hasGauge(i);
      case HISTOGRAM -> group.hasHistogram(i);
    };
  }

  private static void window(GroupData group, MsgpackBuffer out) {
    if (group.windowed()) {
      out.array(2).unsigned(group.windowBeginNanos()).unsigned(group.windowEndNanos());
    } else {
      out.nil();
    }
  }

  private static int histogram(GroupData group, int i, MsgpackBuffer out) {
    long[] buckets = group.histogram(i);
    out.array(3).unsigned(group.groupingPower(i)).unsigned(group.maxValuePower(i));
    out.array(buckets.length);
    for (long bucket : buckets) {
      out.unsigned(bucket);
    }
    return buckets.length * Long.BYTES;
  }
}

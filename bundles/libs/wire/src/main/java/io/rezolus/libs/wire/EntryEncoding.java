package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names and labels of a schema's members as version 2 entries repeat them, encoded once. */
final class EntryEncoding {
  private final Schema schema;
  private final byte[][] counterNames;
  private final byte[][] counterLabels;
  private final byte[][] gaugeNames;
  private final byte[][] gaugeLabels;
  private final byte[][] histogramNames;
  private final byte[][] histogramLabels;
  private final short[] histogramPowers;

  EntryEncoding(Schema schema) {
    this.schema = schema;
    counterNames = names(schema.counters());
    counterLabels = labels(schema.counters());
    gaugeNames = names(schema.gauges());
    gaugeLabels = labels(schema.gauges());
    histogramNames = names(schema.histograms());
    histogramLabels = new byte[histogramNames.length][];
    histogramPowers = new short[histogramNames.length];
  }

  byte[] counterName(int i) {
    return counterNames[i];
  }

  byte[] counterLabels(int i) {
    return counterLabels[i];
  }

  byte[] gaugeName(int i) {
    return gaugeNames[i];
  }

  byte[] gaugeLabels(int i) {
    return gaugeLabels[i];
  }

  byte[] histogramName(int i) {
    return histogramNames[i];
  }

  /** Labels of a histogram; readers know its configuration from them alone. */
  byte[] histogramLabels(int i, int groupingPower, int maxValuePower) {
    short powers = (short) (groupingPower << 8 | maxValuePower);
    if (histogramLabels[i] == null || histogramPowers[i] != powers) {
      histogramLabels[i] =
          encode(withPowers(schema.histograms().get(i), groupingPower, maxValuePower));
      histogramPowers[i] = powers;
    }
    return histogramLabels[i];
  }

  static SortedMap<String, String> withPowers(Member member, int groupingPower, int maxValuePower) {
    TreeMap<String, String> labels = new TreeMap<>(member.labels());
    labels.put("grouping_power", Integer.toString(groupingPower));
    labels.put("max_value_power", Integer.toString(maxValuePower));
    return labels;
  }

  private static byte[][] names(List<Member> members) {
    return members.stream()
        .map(member -> new MsgpackBuffer(64).string(member.name()).toByteArray())
        .toArray(byte[][]::new);
  }

  private static byte[][] labels(List<Member> members) {
    return members.stream().map(member -> encode(member.labels())).toArray(byte[][]::new);
  }

  private static byte[] encode(SortedMap<String, String> labels) {
    MsgpackBuffer out = new MsgpackBuffer(128);
    SchemaEncoding.labels(out, labels);
    return out.toByteArray();
  }
}

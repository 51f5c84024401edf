package io.rezolus.libs.wire;

import com.google.gson.stream.JsonWriter;
import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.histogram.HistogramConfig;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * Writes snapshots as JSON with the field names of the msgpack structures. Numbers are bare and
 * exact: counters, hashes and bucket bounds may exceed 2^63. Not thread safe.
 */
public final class JsonSnapshotWriter {
  private final SnapshotFormat format;
  private final SchemaEncodings<SchemaEncoding> schemas =
      new SchemaEncodings<>((group, former) -> SchemaEncoding.of(group.schema()));

  public JsonSnapshotWriter(SnapshotFormat format) {
    this.format = format;
  }

  /** Streams {@code snapshot} to {@code out}, which is flushed but not closed. */
  public void write(Snapshot snapshot, Writer out) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.beginObject();
    seconds(json, "systemtime", "_since_epoch", snapshot.systemTimeNanos());
    seconds(json, "duration", "", snapshot.durationNanos());
    json.name("metadata");
    strings(json, snapshot.metadata());
    if (format == SnapshotFormat.V3) {
      json.name("groups").beginArray();
      for (GroupData group : snapshot.groups()) {
        if (group.hasReadings()) {
          group(json, group);
        }
      }
      json.endArray();
      schemas.endSnapshot();
    } else {
      entries(json, snapshot.groups());
    }
    json.endObject();
    json.flush();
  }

  private void group(JsonWriter json, GroupData group) throws IOException {
    SchemaEncoding schema = schemas.of(group);
    json.beginObject().name("name").value(group.name());
    json.name("schema_hash").beginArray();
    unsigned(json, schema.hashHigh());
    unsigned(json, schema.hashLow());
    json.endArray();
    json.name("schema").beginObject();
    members(json, "counters", group.schema().counters());
    members(json, "gauges", group.schema().gauges());
    members(json, "histograms", group.schema().histograms());
    json.endObject();
    json.name("window");
    window(json, group);
    json.name("counters").beginArray();
    for (int i = 0; i < group.schema().counters().size(); i++) {
      if (group.hasCounter(i)) {
        unsigned(json, group.counter(i));
      } else {
        json.nullValue();
      }
    }
    json.endArray().name("gauges").beginArray();
    for (int i = 0; i < group.schema().gauges().size(); i++) {
      if (group.hasGauge(i)) {
        json.value(group.gauge(i));
      } else {
        json.nullValue();
      }
    }
    json.endArray().name("histograms").beginArray();
    for (int i = 0; i < group.schema().histograms().size(); i++) {
      if (group.hasHistogram(i)) {
        histogram(json, group, i);
      } else {
        json.nullValue();
      }
    }
    json.endArray().endObject();
  }

  private static void entries(JsonWriter json, List<GroupData> groups) throws IOException {
    json.name("counters").beginArray();
    for (GroupData group : groups) {
      for (int i = 0; i < group.schema().counters().size(); i++) {
        if (V2Membership.counter(group, i)) {
          Member member = group.schema().counters().get(i);
          json.beginObject().name("name").value(member.name()).name("value");
          unsigned(json, group.counter(i));
          endEntry(json, member.labels(), group);
        }
      }
    }
    json.endArray().name("gauges").beginArray();
    for (GroupData group : groups) {
      for (int i = 0; i < group.schema().gauges().size(); i++) {
        if (V2Membership.gauge(group, i)) {
          Member member = group.schema().gauges().get(i);
          json.beginObject().name("name").value(member.name());
          json.name("value").value(group.gauge(i));
          endEntry(json, member.labels(), group);
        }
      }
    }
    json.endArray().name("histograms").beginArray();
    for (GroupData group : groups) {
      for (int i = 0; i < group.schema().histograms().size(); i++) {
        if (group.hasHistogram(i)) {
          Member member = group.schema().histograms().get(i);
          json.beginObject().name("name").value(member.name()).name("value");
          histogram(json, group, i);
          endEntry(
              json,
              EntryEncoding.withPowers(member, group.groupingPower(i), group.maxValuePower(i)),
              group);
        }
      }
    }
    json.endArray();
  }

  private static void endEntry(JsonWriter json, Map<String, String> labels, GroupData group)
      throws IOException {
    json.name("metadata");
    strings(json, labels);
    if (group.windowed()) {
      json.name("window");
      window(json, group);
    }
    json.endObject();
  }

  private static void histogram(JsonWriter json, GroupData group, int i) throws IOException {
    HistogramConfig config = new HistogramConfig(group.groupingPower(i), group.maxValuePower(i));
    json.beginObject().name("config").beginObject().name("max");
    unsigned(json, config.max());
    json.name("grouping_power").value(config.groupingPower());
    json.name("max_value_power").value(config.maxValuePower());
    json.name("cutoff_power").value(config.cutoffPower());
    json.name("cutoff_value").value(config.cutoffValue());
    json.name("lower_bin_count").value(config.lowerBinCount());
    json.name("upper_bin_divisions").value(config.upperBinDivisions());
    json.name("upper_bin_count").value(config.upperBinCount());
    json.endObject().name("buckets").beginArray();
    for (long bucket : group.histogram(i)) {
      unsigned(json, bucket);
    }
    json.endArray().endObject();
  }

  private static void members(JsonWriter json, String kind, List<Member> members)
      throws IOException {
    json.name(kind).beginArray();
    for (Member member : members) {
      json.beginObject().name("name").value(member.name()).name("metadata");
      strings(json, member.labels());
      json.endObject();
    }
    json.endArray();
  }

  private static void window(JsonWriter json, GroupData group) throws IOException {
    if (!group.windowed()) {
      json.nullValue();
      return;
    }
    json.beginObject().name("begin_ns");
    unsigned(json, group.windowBeginNanos());
    json.name("end_ns");
    unsigned(json, group.windowEndNanos());
    json.endObject();
  }

  private static void seconds(JsonWriter json, String name, String suffix, long nanos)
      throws IOException {
    json.name(name).beginObject();
    json.name("secs" + suffix).value(Math.floorDiv(nanos, 1_000_000_000L));
    json.name("nanos" + suffix).value(Math.floorMod(nanos, 1_000_000_000L));
    json.endObject();
  }

  private static void strings(JsonWriter json, Map<String, String> map) throws IOException {
    json.beginObject();
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.name(entry.getKey()).value(entry.getValue());
    }
    json.endObject();
  }

  private static void unsigned(JsonWriter json, long value) throws IOException {
    if (value >= 0) {
      json.value(value);
    } else {
      json.jsonValue(Long.toUnsignedString(value));
    }
  }
}

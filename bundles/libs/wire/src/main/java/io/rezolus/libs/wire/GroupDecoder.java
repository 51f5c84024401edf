package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The groups of version 3. A group that contradicts its schema is left out as a whole. */
final class GroupDecoder {
  private final SchemaCache cache;

  GroupDecoder(SchemaCache cache) {
    this.cache = cache;
  }

  List<GroupData> decode(WireReader in, List<String> skipped) throws IOException {
    int count = in.array();
    List<GroupData> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      GroupData group = group(in, names, skipped);
      if (group != null) {
        groups.add(group);
      }
    }
    return groups;
  }

  private GroupData group(WireReader in, Set<String> names, List<String> skipped)
      throws IOException {
    in.array(7, "a group");
    String name = qualified(in.string());
    in.array(2, "a schema hash");
    long hashHigh = in.unsigned();
    long hashLow = in.unsigned();
    String problem = null;
    if (name.indexOf('/') <= 0) {
      problem = "the name is not <sampler>/<group>";
    } else if (!names.add(name)) {
      problem = "sent twice";
    }
    SchemaEncoding known = cache.find(name, hashHigh, hashLow);
    Schema schema = known == null ? null : known.schema();
    if (in.nil()) {
      if (schema == null && problem == null) {
        problem = "sent without a schema, under a hash not seen before";
      }
    } else if (known == null || !in.skip(known.bytes())) {
      // not what this producer sent before, byte for byte
      Schema received = schema(in);
      SchemaEncoding encoding = SchemaEncoding.of(received);
      if (encoding.hashHigh() != hashHigh || encoding.hashLow() != hashLow) {
        problem = problem == null ? "the schema does not match its hash" : problem;
      } else if (schema == null) {
        schema = received;
        if (problem == null) {
          cache.put(name, encoding);
        }
      }
    }
    GroupData group = problem == null ? new GroupData(name, schema) : null;
    if (!in.nil()) {
      in.array(2, "a window");
      long begin = in.unsigned();
      long end = in.unsigned();
      if (group != null) {
        group.window(begin, end);
      }
    }
    // all three are read in any case, to arrive at the next group
    boolean complete = counters(in, group) & gauges(in, group) & histograms(in, group);
    if (problem == null && !complete) {
      problem = "the number of values differs from the schema's";
    }
    if (problem != null) {
      skipped.add("group " + name + " skipped: " + problem);
      return null;
    }
    return group;
  }

  /** A producer that has one group may call it by its name alone, as if it were a sampler. */
  private static String qualified(String name) {
    return name.isEmpty() || name.indexOf('/') >= 0 ? name : name + "/main";
  }

  private static Schema schema(WireReader in) throws IOException {
    in.array(3, "a schema");
    Schema.Builder builder = new Schema.Builder();
    for (MetricKind kind : MetricKind.values()) {
      int members = in.array();
      for (int i = 0; i < members; i++) {
        in.array(2, "a schema member");
        String name = in.string();
        builder.add(kind, new Member(name, new TreeMap<>(SnapshotDecoder.strings(in))));
      }
    }
    return builder.build();
  }

  private static boolean counters(WireReader in, GroupData group) throws IOException {
    int count = in.array();
    boolean fits = group != null && count == group.schema().counters().size();
    for (int i = 0; i < count; i++) {
      if (!in.nil()) {
        long value = in.unsigned();
        if (fits) {
          group.counter(i, value);
        }
      }
    }
    return fits;
  }

  private static boolean gauges(WireReader in, GroupData group) throws IOException {
    int count = in.array();
    boolean fits = group != null && count == group.schema().gauges().size();
    for (int i = 0; i < count; i++) {
      if (!in.nil()) {
        long value = in.signed();
        if (fits) {
          group.gauge(i, value);
        }
      }
    }
    return fits;
  }

  private static boolean histograms(WireReader in, GroupData group) throws IOException {
    int count = in.array();
    boolean fits = group != null && count == group.schema().histograms().size();
    for (int i = 0; i < count; i++) {
      if (!in.nil()) {
        HistogramReading reading = HistogramReading.decode(in);
        if (fits && reading.isLegal()) {
          reading.writeTo(group, i);
        }
      }
    }
    return fits;
  }
}

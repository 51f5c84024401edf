package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The entries of versions 1 and 2, gathered into groups: one for each sampler, and where a
 * sampler's entries have different windows, one for each window.
 */
final class EntryDecoder {
  private final Map<Key, List<Entry>> groups = new LinkedHashMap<>();

  private EntryDecoder() {}

  static List<GroupData> decode(WireReader in, List<String> skipped) throws IOException {
    EntryDecoder decoder = new EntryDecoder();
    for (MetricKind kind : MetricKind.values()) {
      int count = in.array();
      for (int i = 0; i < count; i++) {
        decoder.entry(in, kind, skipped);
      }
    }
    return decoder.groups();
  }

  private void entry(WireReader in, MetricKind kind, List<String> skipped) throws IOException {
    int elements = in.array();
    if (elements != 3 && elements != 4) {
      throw in.failure("an entry of " + elements + " elements, expected 3 or 4");
    }
    String name = in.string();
    long value = 0;
    HistogramReading histogram = null;
    switch (kind) {
      case COUNTER -> value = in.unsigned();
      case GAUGE -> value = in.signed();
      case HISTOGRAM -> histogram = HistogramReading.decode(in);
    }
    SortedMap<String, String> labels = new TreeMap<>(SnapshotDecoder.strings(in));
    Window window = null;
    if (elements == 4 && !in.nil()) {
      in.array(2, "a window");
      long begin = in.unsigned();
      window = new Window(begin, in.unsigned());
    }
    if (histogram != null && !histogram.isLegal()) {
      skipped.add("histogram " + name + " skipped: its buckets contradict its configuration");
      return;
    }
    Entry entry = new Entry(kind, new Member(identity(name, labels), labels), value, histogram);
    groups.computeIfAbsent(new Key(sampler(labels), window), key -> new ArrayList<>()).add(entry);
  }

  /** The entry's name; where it has none, one made from its labels, which then identify it. */
  private static String identity(String name, SortedMap<String, String> labels) {
    if (!name.isEmpty()) {
      return name;
    }
    MsgpackBuffer canonical = new MsgpackBuffer(128);
    SchemaEncoding.labels(canonical, labels);
    long hash = Fnv128.of(canonical.toByteArray()).low();
    return String.format(
        "%s/%s#%016x",
        labels.getOrDefault("source", "unnamed"), labels.getOrDefault("metric", ""), hash);
  }

  private static String sampler(SortedMap<String, String> labels) {
    String sampler = labels.getOrDefault("sampler", "");
    return sampler.isEmpty() || sampler.startsWith("/") ? "unattributed" : sampler;
  }

  private List<GroupData> groups() {
    Map<String, Integer> numbers = new HashMap<>();
    List<GroupData> result = new ArrayList<>(groups.size());
    groups.forEach(
        (key, entries) -> {
          int number = numbers.merge(key.sampler, 1, Integer::sum);
          String name = key.sampler + (number == 1 ? "/main" : "/main." + number);
          result.add(group(name, key.window, entries));
        });
    return result;
  }

  private static GroupData group(String name, Window window, List<Entry> entries) {
    Schema.Builder schema = new Schema.Builder();
    int[] slots = entries.stream().mapToInt(e -> schema.add(e.kind, e.member)).toArray();
    GroupData group = new GroupData(name, schema.build());
    if (window != null) {
      group.window(window.begin, window.end);
    }
    for (int i = 0; i < slots.length; i++) {
      Entry entry = entries.get(i);
      switch (entry.kind) {
        case COUNTER -> group.counter(slots[i], entry.value);
        case GAUGE -> group.gauge(slots[i], entry.value);
        case HISTOGRAM -> entry.histogram.writeTo(group, slots[i]);
      }
    }
    return group;
  }

  private record Key(String sampler, Window window) {}

  private record Window(long begin, long end) {}

  private record Entry(MetricKind kind, Member member, long value, HistogramReading histogram) {}
}

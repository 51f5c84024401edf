package io.rezolus.outputs.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Composes the file-level metadata of a recording. */
final class Footer {
  private Footer() {}

  /**
   * @param node name of the machine; null to take the user's, else the source's
   */
  static Map<String, String> of(RecordingPlan plan, Feed feed, String node) {
    SourceDetails source = feed.details();
    Map<String, String> footer = atStart(plan, feed, node);
    putIfPresent(footer, "events", events(feed));
    JsonObject entry = new JsonObject();
    entry.addProperty("first_sample_ns", feed.firstNanos());
    entry.addProperty("last_sample_ns", feed.lastNanos());
    putIfPresent(entry, "role", feed.role());
    putIfPresent(entry, "node", plan.node());
    putIfPresent(entry, "instance", plan.instance());
    if (source.samplers() != null) {
      entry.add("sampler_status", JsonParser.parseString(source.samplers()));
    }
    String name = node == null ? plan.node() : node;
    JsonObject nodes = new JsonObject();
    nodes.add(name == null ? source.node() : name, entry);
    JsonObject sources = new JsonObject();
    for (String each : names(footer.get("source"))) {
      sources.add(each, nodes);
    }
    footer.put("per_source_metadata", sources.toString());
    return footer;
  }

  /** What of it is known before the first sample. */
  static Map<String, String> atStart(RecordingPlan plan, Feed feed, String node) {
    SourceDetails source = feed.details();
    Map<String, String> footer = new TreeMap<>();
    footer.put("sampling_interval_ms", plan.intervalMillis());
    footer.put("source", source.name());
    putIfPresent(footer, "node", node == null ? plan.node() : node);
    putIfPresent(footer, "instance", plan.instance());
    footer.putAll(plan.metadata());
    putIfPresent(footer, "systeminfo", source.systemInfo());
    putIfPresent(footer, "descriptions", source.descriptions());
    return footer;
  }

  /** What happened to an endpoint; null for nothing. */
  static String events(Feed feed) {
    if (feed.events().isEmpty()) {
      return null;
    }
    JsonArray array = new JsonArray();
    feed.events().forEach(array::add);
    JsonObject events = new JsonObject();
    events.add("events", array);
    return events.toString();
  }

  /** The sources that a value of the key names: a JSON array, or itself. */
  private static List<String> names(String source) {
    if (source.startsWith("[")) {
      try {
        List<String> names = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(source).getAsJsonArray()) {
          names.add(element.getAsString());
        }
        return names;
      } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
        return List.of(source);
      }
    }
    return List.of(source);
  }

  private static void putIfPresent(Map<String, String> footer, String key, String value) {
    if (value != null) {
      footer.put(key, value);
    }
  }

  private static void putIfPresent(JsonObject object, String key, String value) {
    if (value != null) {
      object.addProperty(key, value);
    }
  }
}

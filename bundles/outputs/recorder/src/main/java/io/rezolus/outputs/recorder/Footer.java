package io.rezolus.outputs.recorder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.TreeMap;

/** Composes the file-level metadata of a recording. */
final class Footer {
  private Footer() {}

  /**
   * @param firstNanos wall clock of the first sample, nanoseconds since the Unix epoch
   * @param lastNanos wall clock of the last sample
   */
  static Map<String, String> of(
      RecordingPlan plan, SourceDetails source, long firstNanos, long lastNanos) {
    Map<String, String> footer = new TreeMap<>();
    footer.put("sampling_interval_ms", Long.toString(plan.interval().toMillis()));
    footer.put("source", source.name());
    putIfPresent(footer, "node", plan.node());
    putIfPresent(footer, "instance", plan.instance());
    footer.putAll(plan.metadata());
    putIfPresent(footer, "systeminfo", source.systemInfo());
    putIfPresent(footer, "descriptions", source.descriptions());
    JsonObject entry = new JsonObject();
    entry.addProperty("first_sample_ns", firstNanos);
    entry.addProperty("last_sample_ns", lastNanos);
    putIfPresent(entry, "node", plan.node());
    putIfPresent(entry, "instance", plan.instance());
    if (source.samplers() != null) {
      entry.add("sampler_status", JsonParser.parseString(source.samplers()));
    }
    JsonObject nodes = new JsonObject();
    nodes.add(nodeName(plan, source), entry);
    JsonObject sources = new JsonObject();
    sources.add(source.name(), nodes);
    footer.put("per_source_metadata", sources.toString());
    return footer;
  }

  private static String nodeName(RecordingPlan plan, SourceDetails source) {
    if (plan.node() != null) {
      return plan.node();
    }
    if (source.systemInfo() != null) {
      try {
        JsonElement host =
            JsonParser.parseString(source.systemInfo()).getAsJsonObject().get("hostname");
        if (host != null && host.isJsonPrimitive() && !host.getAsString().isEmpty()) {
          return host.getAsString();
        }
      } catch (JsonParseException | IllegalStateException e) {
        return source.fallbackNode();
      }
    }
    return source.fallbackNode();
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

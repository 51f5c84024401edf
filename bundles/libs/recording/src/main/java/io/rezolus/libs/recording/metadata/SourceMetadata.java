package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of one source.
 *
 * @param own facts about the source as a whole
 * @param entries facts about each of its nodes or instances, by name
 */
public record SourceMetadata(JsonObject own, SortedMap<String, JsonObject> entries) {
  private static final String SERVICE_QUERIES = "service_queries";

  /** Facts that are objects themselves; any other object is a node or an instance. */
  private static final Set<String> FACTS = Set.of("descriptions", SERVICE_QUERIES, "systeminfo");

  public SourceMetadata {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  static SourceMetadata of(JsonObject object) {
    JsonObject own = new JsonObject();
    SortedMap<String, JsonObject> entries = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      if (entry.getValue().isJsonObject() && !FACTS.contains(entry.getKey())) {
        entries.put(entry.getKey(), entry.getValue().getAsJsonObject());
      } else {
        own.add(entry.getKey(), entry.getValue());
      }
    }
    return new SourceMetadata(own, entries);
  }

  /**
   * A fact about a node or instance, else about the source.
   *
   * @param entry node or instance; null for the source alone
   * @return null where nothing is known
   */
  public JsonElement fact(String entry, String key) {
    JsonObject closest = entry == null ? null : entries.get(entry);
    JsonElement value = closest == null ? null : closest.get(key);
    return value == null ? own.get(key) : value;
  }

  /** Indicators kept with the source first, then those of its nodes or instances. */
  public List<ServiceExtension> serviceExtensions() {
    List<JsonElement> found = new ArrayList<>();
    found.add(own.get(SERVICE_QUERIES));
    entries.values().forEach(entry -> found.add(entry.get(SERVICE_QUERIES)));
    found.removeIf(each -> each == null || each.isJsonNull());
    return found.stream().map(ServiceExtension::parse).toList();
  }

  JsonObject toJson() {
    JsonObject object = own.deepCopy();
    entries.forEach(object::add);
    return object;
  }
}

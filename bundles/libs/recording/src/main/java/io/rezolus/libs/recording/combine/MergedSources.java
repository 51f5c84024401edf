package io.rezolus.libs.recording.combine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.rezolus.libs.recording.metadata.PerSourceMetadata;
import io.rezolus.libs.recording.metadata.SourceMetadata;
import io.rezolus.libs.recording.metadata.StrictJson;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What several recordings say about their sources, brought together: by source, then by node or
 * instance; the descriptions of a source's metrics are beside its nodes and instances. What was
 * said first stays.
 */
final class MergedSources {
  private static final String DESCRIPTIONS = "descriptions";

  private final SortedMap<String, JsonObject> own = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, JsonObject>> entries = new TreeMap<>();

  /**
   * Adds what an input says.
   *
   * @throws JsonParseException when what it says of its sources cannot be read; all else is added
   */
  void add(CombineInput input, Identity identity) {
    addDescriptions(identity.source(), object(input.metadata().get(DESCRIPTIONS)));
    if (identity.label() != null) {
      addKeys(input, identity);
    }
    PerSourceMetadata given = PerSourceMetadata.parse(input.metadata().get(PerSourceMetadata.KEY));
    if (identity.label() == null) {
      given.sources().forEach(this::addCombined);
      return;
    }
    SourceMetadata source = given.sources().get(identity.source());
    if (source == null && given.sources().size() == 1) {
      // the source got another name since
      source = given.sources().values().iterator().next();
    }
    if (source != null) {
      addSingle(identity, source);
    }
  }

  String toJson() {
    SortedMap<String, SourceMetadata> sources = new TreeMap<>();
    own.forEach(
        (name, facts) ->
            sources.put(
                name, new SourceMetadata(facts, entries.getOrDefault(name, new TreeMap<>()))));
    return new PerSourceMetadata(sources).toJson();
  }

  private void addKeys(CombineInput input, Identity identity) {
    JsonObject entry = entry(identity.source(), identity.value());
    entry.addProperty(identity.label(), identity.value());
    for (String key : new String[] {"version", "node", "instance"}) {
      String value = input.metadata().get(key);
      if (value != null && !entry.has(key)) {
        entry.addProperty(key, value);
      }
    }
    for (String key : new String[] {"systeminfo", "service_queries"}) {
      JsonObject value = object(input.metadata().get(key));
      if (value.size() > 0) {
        entry.add(key, value);
      }
    }
  }

  /** Of a single recording every fact is one of this node or instance, whatever it was called. */
  private void addSingle(Identity identity, SourceMetadata source) {
    JsonObject entry = entry(identity.source(), identity.value());
    addDescriptions(identity.source(), source.own().get(DESCRIPTIONS));
    JsonObject facts = source.own().deepCopy();
    facts.remove(DESCRIPTIONS);
    addMissing(entry, facts);
    source.entries().values().forEach(each -> addMissing(entry, each));
  }

  private void addCombined(String name, SourceMetadata source) {
    addDescriptions(name, source.own().get(DESCRIPTIONS));
    addMissing(source(name), source.own());
    source.entries().forEach((entry, facts) -> addMissing(entry(name, entry), facts));
  }

  private void addDescriptions(String source, JsonElement descriptions) {
    JsonObject facts = source(source);
    if (descriptions == null
        || !descriptions.isJsonObject()
        || descriptions.getAsJsonObject().size() == 0) {
      return;
    }
    if (!facts.has(DESCRIPTIONS)) {
      facts.add(DESCRIPTIONS, new JsonObject());
    }
    addMissing(facts.getAsJsonObject(DESCRIPTIONS), descriptions.getAsJsonObject());
  }

  private JsonObject source(String name) {
    return own.computeIfAbsent(name, source -> new JsonObject());
  }

  private JsonObject entry(String source, String name) {
    source(source);
    return entries
        .computeIfAbsent(source, each -> new TreeMap<>())
        .computeIfAbsent(name, each -> new JsonObject());
  }

  private static void addMissing(JsonObject target, JsonObject more) {
    more.entrySet().stream()
        .filter(member -> !target.has(member.getKey()))
        .forEach(member -> target.add(member.getKey(), member.getValue()));
  }

  /** The object a text is, or an empty one. */
  private static JsonObject object(String text) {
    try {
      JsonElement element = text == null ? null : StrictJson.parse(text);
      return element == null || !element.isJsonObject()
          ? new JsonObject()
          : element.getAsJsonObject();
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }
}

package io.rezolus.libs.recording.combine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Set;

/**
 * What is known of each source, as {@code per_source_metadata} of a combination: by source, then by
 * node or instance; the descriptions of a source's metrics are beside its nodes and instances.
 */
final class SourceMetadata {
  private static final String DESCRIPTIONS = "descriptions";
  private static final String KPIS = "service_queries";
  private static final String SYSTEM_INFO = "systeminfo";
  private static final Set<String> NOT_IDENTITIES = Set.of(DESCRIPTIONS, KPIS, SYSTEM_INFO);

  private final JsonObject sources = new JsonObject();

  /** Adds what an input says. */
  void add(CombineInput input, Identity identity) {
    JsonObject given = object(input.metadata().get("per_source_metadata"));
    if (identity.label() == null) {
      addCombination(given);
      addDescriptions(identity.source(), object(input.metadata().get(DESCRIPTIONS)));
      return;
    }
    JsonObject entry = child(child(sources, identity.source()), identity.value());
    JsonElement own = given.get(identity.source());
    if (own == null && given.size() == 1) {
      // the source got another name since
      own = given.asMap().values().iterator().next();
    }
    if (own != null && own.isJsonObject()) {
      addSource(identity, entry, own.getAsJsonObject());
    }
    for (String key : new String[] {"version", "node", "instance"}) {
      if (input.metadata().get(key) != null) {
        entry.addProperty(key, input.metadata().get(key));
      }
    }
    entry.addProperty(identity.label(), identity.value());
    for (String key : new String[] {SYSTEM_INFO, KPIS}) {
      JsonObject value = object(input.metadata().get(key));
      if (value.size() > 0) {
        entry.add(key, value);
      }
    }
    addDescriptions(identity.source(), object(input.metadata().get(DESCRIPTIONS)));
  }

  @Override
  public String toString() {
    return sources.toString();
  }

  private void addSource(Identity identity, JsonObject entry, JsonObject own) {
    for (Map.Entry<String, JsonElement> member : own.entrySet()) {
      if (member.getKey().equals(DESCRIPTIONS) && member.getValue().isJsonObject()) {
        addDescriptions(identity.source(), member.getValue().getAsJsonObject());
      } else if (isIdentity(member)) {
        // of a single recording, so it is this node or instance, whatever it was called
        member.getValue().getAsJsonObject().entrySet().forEach(each -> addMissing(entry, each));
      } else {
        addMissing(entry, member);
      }
    }
  }

  private void addCombination(JsonObject given) {
    for (Map.Entry<String, JsonElement> source : given.entrySet()) {
      if (!source.getValue().isJsonObject()) {
        continue;
      }
      JsonObject target = child(sources, source.getKey());
      for (Map.Entry<String, JsonElement> member : source.getValue().getAsJsonObject().entrySet()) {
        if (member.getKey().equals(DESCRIPTIONS) && member.getValue().isJsonObject()) {
          addDescriptions(source.getKey(), member.getValue().getAsJsonObject());
        } else {
          addMissing(target, member);
        }
      }
    }
  }

  private void addDescriptions(String source, JsonObject descriptions) {
    if (descriptions.size() > 0) {
      JsonObject target = child(child(sources, source), DESCRIPTIONS);
      descriptions.entrySet().forEach(each -> addMissing(target, each));
    }
  }

  private static boolean isIdentity(Map.Entry<String, JsonElement> member) {
    return member.getValue().isJsonObject() && !NOT_IDENTITIES.contains(member.getKey());
  }

  private static void addMissing(JsonObject target, Map.Entry<String, JsonElement> member) {
    if (!target.has(member.getKey())) {
      target.add(member.getKey(), member.getValue());
    }
  }

  private static JsonObject child(JsonObject parent, String name) {
    if (!parent.has(name) || !parent.get(name).isJsonObject()) {
      parent.add(name, new JsonObject());
    }
    return parent.getAsJsonObject(name);
  }

  /** The object a text is, or an empty one. */
  private static JsonObject object(String text) {
    if (text == null) {
      return new JsonObject();
    }
    try {
      JsonElement element = JsonParser.parseString(text);
      return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException | StackOverflowError e) {
      return new JsonObject();
    }
  }
}

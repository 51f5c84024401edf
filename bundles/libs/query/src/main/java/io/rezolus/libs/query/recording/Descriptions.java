package io.rezolus.libs.query.recording;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.libs.recording.Recording;
import java.util.HashMap;
import java.util.Map;

/** Help texts of metrics in the key-values of a recording: of the whole file and of each source. */
final class Descriptions {
  private static final String KEY = "descriptions";

  private Descriptions() {}

  /** Text by metric; damaged key-values give none. */
  static Map<String, String> of(Recording recording) {
    Map<String, String> out = new HashMap<>();
    JsonObject sources = object(recording.metadata().get("per_source_metadata"));
    for (Map.Entry<String, JsonElement> source : sources.entrySet()) {
      if (source.getValue() instanceof JsonObject o && o.get(KEY) instanceof JsonObject texts) {
        collect(texts, out);
      }
    }
    collect(object(recording.metadata().get(KEY)), out);
    return out;
  }

  private static void collect(JsonObject texts, Map<String, String> into) {
    for (Map.Entry<String, JsonElement> e : texts.entrySet()) {
      if (e.getValue().isJsonPrimitive()) {
        into.put(e.getKey(), e.getValue().getAsString());
      }
    }
  }

  private static JsonObject object(String json) {
    try {
      return json != null && JsonParser.parseString(json) instanceof JsonObject o
          ? o
          : new JsonObject();
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }
}

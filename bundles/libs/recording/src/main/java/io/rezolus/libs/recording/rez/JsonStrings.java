package io.rezolus.libs.recording.rez;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.rezolus.libs.recording.metadata.StrictJson;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of strings as an archive keeps them: JSON objects with their keys in order. */
final class JsonStrings {
  private JsonStrings() {}

  static String write(Map<String, String> map) {
    JsonObject object = new JsonObject();
    new TreeMap<>(map).forEach(object::addProperty);
    return StrictJson.compact(object);
  }

  static SortedMap<String, String> read(String json) throws IOException {
    JsonElement element;
    try {
      element = StrictJson.parse(json);
    } catch (JsonParseException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (!element.isJsonObject()) {
      throw new IOException("no object");
    }
    SortedMap<String, String> map = new TreeMap<>();
    element
        .getAsJsonObject()
        .entrySet()
        .forEach(entry -> map.put(entry.getKey(), text(entry.getValue())));
    return map;
  }

  private static String text(JsonElement value) {
    if (value.isJsonNull()) {
      return null;
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }
}

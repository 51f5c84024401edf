package io.rezolus.libs.recording.rez;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of strings as an archive keeps them: JSON objects with their keys in order. */
final class JsonStrings {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private JsonStrings() {}

  static String write(Map<String, String> map) {
    return GSON.toJson(new TreeMap<>(map));
  }

  static SortedMap<String, String> read(String json) throws IOException {
    SortedMap<String, String> map = new TreeMap<>();
    try {
      JsonObject object = GSON.fromJson(json, JsonObject.class);
      if (object == null) {
        throw new IOException("nothing there");
      }
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        JsonElement value = entry.getValue();
        if (value.isJsonNull()) {
          map.put(entry.getKey(), null);
        } else {
          map.put(entry.getKey(), value.isJsonPrimitive() ? value.getAsString() : value.toString());
        }
      }
      return map;
    } catch (JsonParseException | StackOverflowError e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}

package io.rezolus.libs.recording.spool;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.util.Map;
import java.util.TreeMap;

/** Key-values as a JSON object of texts. */
final class KeyValueText {
  private static final TypeToken<TreeMap<String, String>> TEXTS = new TypeToken<>() {};

  private KeyValueText() {}

  static String of(Map<String, String> keyValues) {
    return new Gson().toJson(keyValues);
  }

  /** The key-values, none where the text is cut off or something else. */
  static Map<String, String> read(String text) {
    try {
      Map<String, String> keyValues = new Gson().fromJson(text, TEXTS);
      return keyValues == null ? Map.of() : keyValues;
    } catch (JsonParseException e) {
      return Map.of();
    }
  }
}

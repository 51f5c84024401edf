package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Members of a JSON object by type. A member of another type than asked for is an error that names
 * it; JSON null counts as absent.
 *
 * @param where how messages name the object
 */
record JsonFields(String where, JsonObject object) {

  static JsonFields of(String where, JsonElement element) {
    if (!element.isJsonObject()) {
      throw new JsonParseException(where + ": expected an object");
    }
    return new JsonFields(where, element.getAsJsonObject());
  }

  /** The member, or null. */
  JsonElement element(String key) {
    JsonElement value = object.get(key);
    return value == null || value.isJsonNull() ? null : value;
  }

  /** A text, or null. */
  String text(String key) {
    JsonElement value = element(key);
    if (value == null) {
      return null;
    }
    if (!isText(value)) {
      throw expected(key, "a text");
    }
    return value.getAsString();
  }

  String requiredText(String key) {
    String value = text(key);
    if (value == null) {
      throw new JsonParseException(where + ": \"" + key + "\" is missing");
    }
    return value;
  }

  boolean flag(String key, boolean otherwise) {
    JsonElement value = element(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
      throw expected(key, "true or false");
    }
    return value.getAsBoolean();
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonElement each : array(key)) {
      if (!isText(each)) {
        throw expected(key, "an array of texts");
      }
      texts.add(each.getAsString());
    }
    return texts;
  }

  List<Double> numbers(String key) {
    List<Double> numbers = new ArrayList<>();
    for (JsonElement each : array(key)) {
      if (!each.isJsonPrimitive() || !each.getAsJsonPrimitive().isNumber()) {
        throw expected(key, "an array of numbers");
      }
      numbers.add(each.getAsDouble());
    }
    return numbers;
  }

  /** Texts by name; numbers and flags are taken as they are written. */
  SortedMap<String, String> map(String key) {
    SortedMap<String, String> map = new TreeMap<>();
    JsonElement value = element(key);
    if (value == null) {
      return map;
    }
    if (!value.isJsonObject()) {
      throw expected(key, "an object of texts");
    }
    for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
      if (!entry.getValue().isJsonPrimitive()) {
        throw expected(key, "an object of texts");
      }
      map.put(entry.getKey(), entry.getValue().getAsString());
    }
    return map;
  }

  JsonArray array(String key) {
    JsonElement value = element(key);
    if (value == null) {
      return new JsonArray();
    }
    if (!value.isJsonArray()) {
      throw expected(key, "an array");
    }
    return value.getAsJsonArray();
  }

  JsonParseException expected(String key, String what) {
    return new JsonParseException(where + ": \"" + key + "\" is not " + what);
  }

  private static boolean isText(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }
}

package io.rezolus.libs.recording.raw;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a conversion is told.
 *
 * @param intervalMillis sampling interval, at least 1; null to judge it by the snapshots
 * @param metadata file-level key-values; they win over what the snapshots say
 * @param systeminfo JSON about the machine; null without
 * @param descriptions JSON object of metric names and help texts; null without
 * @param replace whether an existing output may be replaced
 */
public record ConvertOptions(
    Long intervalMillis,
    Map<String, String> metadata,
    String systeminfo,
    String descriptions,
    boolean replace) {
  /** Judges the interval, adds nothing, replaces nothing. */
  public static final ConvertOptions DEFAULT =
      new ConvertOptions(null, Map.of(), null, null, false);

  public ConvertOptions {
    metadata = Map.copyOf(metadata);
  }

  /**
   * File-level key-values in the end.
   *
   * @param stored those that the recording brings along
   * @throws IOException when one of them is not what it has to be
   */
  Map<String, String> keyValues(long millis, Map<String, String> stored) throws IOException {
    if (millis < 1) {
      throw new IOException("a sampling interval of " + millis + " ms: it must be 1 or more");
    }
    Map<String, String> keyValues = new LinkedHashMap<>();
    keyValues.put("source", "rezolus");
    keyValues.putAll(stored);
    keyValues.put("sampling_interval_ms", Long.toString(millis));
    keyValues.putAll(metadata);
    if (systeminfo != null) {
      json("systeminfo", systeminfo);
      keyValues.put("systeminfo", systeminfo);
    }
    if (descriptions != null) {
      requireTexts(json("descriptions", descriptions));
      keyValues.put("descriptions", descriptions);
    }
    return keyValues;
  }

  private static JsonElement json(String what, String text) throws IOException {
    TypeAdapter<JsonElement> json = new Gson().getAdapter(JsonElement.class);
    try {
      return json.fromJson(text);
    } catch (IOException | JsonParseException e) {
      throw new IOException(what + ": not JSON: " + e.getMessage(), e);
    }
  }

  private static void requireTexts(JsonElement descriptions) throws IOException {
    boolean texts =
        descriptions.isJsonObject()
            && descriptions.getAsJsonObject().asMap().values().stream()
                .allMatch(text -> text.isJsonPrimitive() && text.getAsJsonPrimitive().isString());
    if (!texts) {
      throw new IOException(
          "descriptions: expected a JSON object of metric names and their help texts");
    }
  }
}

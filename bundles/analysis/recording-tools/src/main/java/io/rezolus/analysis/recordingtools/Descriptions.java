package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.rezolus.libs.recording.metadata.StrictJson;
import java.util.Map;
import java.util.Set;

/** The file key {@code descriptions}, what each metric means, and its like of each source. */
final class Descriptions {
  private static final String KEY = "descriptions";
  private static final String PER_SOURCE = "per_source_metadata";

  private Descriptions() {}

  /** Leaves only those of some metrics; what is damaged stays as it is. */
  static void keepOnly(Set<String> metrics, Map<String, String> keys) {
    edit(keys, KEY, object -> object.keySet().retainAll(metrics));
    edit(
        keys,
        PER_SOURCE,
        sources -> {
          for (Map.Entry<String, JsonElement> source : sources.entrySet()) {
            if (source.getValue() instanceof JsonObject facts
                && facts.get(KEY) instanceof JsonObject texts) {
              texts.keySet().retainAll(metrics);
            }
          }
        });
  }

  private static void edit(Map<String, String> keys, String key, Edit edit) {
    String value = keys.get(key);
    if (value == null) {
      return;
    }
    try {
      if (StrictJson.parse(value) instanceof JsonObject object) {
        edit.apply(object);
        keys.put(key, StrictJson.compact(object));
      }
    } catch (JsonParseException e) {
      // the user's own text under this key
    }
  }

  private interface Edit {
    void apply(JsonObject object);
  }
}

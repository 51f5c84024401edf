package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file key {@code per_source_metadata}: what is known of each source of a recording. Recordings
 * of every age are understood: facts directly under the source, facts under its nodes or instances,
 * and both beside each other.
 *
 * @param sources by name
 */
public record PerSourceMetadata(SortedMap<String, SourceMetadata> sources) {
  /** The file key. */
  public static final String KEY = "per_source_metadata";

  public PerSourceMetadata {
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /**
   * @param value of the file key; null when it is absent
   * @throws JsonParseException when it is no object of objects
   */
  public static PerSourceMetadata parse(String value) {
    SortedMap<String, SourceMetadata> sources = new TreeMap<>();
    if (value != null) {
      JsonFields fields = JsonFields.of(KEY, StrictJson.parse(value));
      for (Map.Entry<String, JsonElement> entry : fields.object().entrySet()) {
        if (!entry.getValue().isJsonObject()) {
          throw fields.expected(entry.getKey(), "an object");
        }
        sources.put(entry.getKey(), SourceMetadata.of(entry.getValue().getAsJsonObject()));
      }
    }
    return new PerSourceMetadata(sources);
  }

  /** The same with one source under another name, whose former facts give way; else itself. */
  public PerSourceMetadata renamed(String from, String to) {
    if (!sources.containsKey(from)) {
      return this;
    }
    SortedMap<String, SourceMetadata> renamed = new TreeMap<>(sources);
    renamed.put(to, renamed.remove(from));
    return new PerSourceMetadata(renamed);
  }

  /**
   * The indicators that are kept here, at whatever depth, in the order of the sources.
   *
   * @throws JsonParseException when some are not well formed
   */
  public List<ServiceExtension> serviceExtensions() {
    List<ServiceExtension> found = new ArrayList<>();
    sources.values().forEach(source -> found.addAll(source.serviceExtensions()));
    return found;
  }

  /** Value of the file key. */
  public String toJson() {
    JsonObject object = new JsonObject();
    sources.forEach((name, source) -> object.add(name, source.toJson()));
    return StrictJson.compact(object);
  }
}

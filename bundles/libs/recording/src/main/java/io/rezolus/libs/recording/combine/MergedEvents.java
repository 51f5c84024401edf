package io.rezolus.libs.recording.combine;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events of several recordings in order of time; of events with one id the first stays. */
final class MergedEvents {
  private final List<JsonObject> events = new ArrayList<>();

  /**
   * Adds the events of a recording.
   *
   * @return whether the text could be read
   */
  boolean add(String text) {
    try {
      JsonElement root = JsonParser.parseString(text);
      JsonArray list =
          root.isJsonArray()
              ? root.getAsJsonArray()
              : root.getAsJsonObject().getAsJsonArray("events");
      List<JsonObject> read = new ArrayList<>();
      for (JsonElement element : list) {
        JsonObject event = element.getAsJsonObject();
        event.get("timestamp").getAsLong();
        read.add(event);
      }
      events.addAll(read);
      return true;
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException
        | StackOverflowError e) {
      return false;
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** As recordings carry them. */
  @Override
  public String toString() {
    events.sort(
        Comparator.<JsonObject>comparingLong(event -> event.get("timestamp").getAsLong())
            .thenComparing(MergedEvents::id));
    Set<String> seen = new HashSet<>();
    JsonArray merged = new JsonArray();
    for (JsonObject event : events) {
      if (id(event).isEmpty() || seen.add(id(event))) {
        merged.add(event);
      }
    }
    JsonObject root = new JsonObject();
    root.add("events", merged);
    return root.toString();
  }

  private static String id(JsonObject event) {
    JsonElement id = event.get("id");
    return id == null || !id.isJsonPrimitive() ? "" : id.getAsString();
  }
}

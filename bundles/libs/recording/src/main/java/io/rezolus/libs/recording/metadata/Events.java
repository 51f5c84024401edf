package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file key {@code events}, in canonical order.
 *
 * @param events by time and id, no id twice
 */
public record Events(List<Event> events) {
  /** The file key. */
  public static final String KEY = "events";

  public Events {
    events = List.copyOf(events);
  }

  /**
   * @param value of the file key; null when it is absent
   * @throws JsonParseException when it is not well formed; the message is one line
   */
  public static Events parse(String value) {
    return new Events(value == null ? List.of() : list(StrictJson.parse(value)));
  }

  /**
   * Events in any of the shapes they are handed around in: {@code {"events": […]}}, an array, or a
   * single one. As they stand, not in canonical order.
   *
   * @throws JsonParseException when it is none of these; the message is one line
   */
  public static List<Event> list(JsonElement element) {
    JsonElement list = element;
    if (element.isJsonObject() && element.getAsJsonObject().has(KEY)) {
      list = element.getAsJsonObject().get(KEY);
    } else if (element.isJsonObject()) {
      return List.of(Event.parse("event", element));
    }
    if (!list.isJsonArray()) {
      throw new JsonParseException(
          "not events; expected an array, {\"events\": [...]} or a single event");
    }
    List<Event> events = new ArrayList<>();
    for (JsonElement each : list.getAsJsonArray()) {
      events.add(Event.parse("event " + (events.size() + 1), each));
    }
    return events;
  }

  /**
   * These and others in canonical order. Of several with one id the earliest stays; at the same
   * time, the one that was there before.
   */
  public Merged plus(List<Event> others) {
    List<Event> all = new ArrayList<>(events);
    all.addAll(others);
    all.sort(Event.ORDER);
    List<Event> kept = new ArrayList<>();
    List<Event> dropped = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Event event : all) {
      boolean named = event.id() != null && !event.id().isEmpty();
      (named && !ids.add(event.id()) ? dropped : kept).add(event);
    }
    return new Merged(new Events(kept), dropped);
  }

  /**
   * @param dropped those that lost to another of the same id
   */
  public record Merged(Events events, List<Event> dropped) {}

  /** Value of the file key; null when there is no event, and then the key is left out. */
  public String toJson() {
    if (events.isEmpty()) {
      return null;
    }
    JsonArray array = new JsonArray();
    events.forEach(event -> array.add(event.toJson()));
    JsonObject object = new JsonObject();
    object.add(KEY, array);
    return StrictJson.compact(object);
  }
}

package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened while a recording was made. All but time and description may be null.
 *
 * @param timestamp nanoseconds since the Unix epoch
 * @param labels empty when there are none
 * @param durationNanos how long it took, for events that do
 * @param id what tells it apart from others; no second event of that id is kept
 * @param chartId the one chart it is about
 */
public record Event(
    long timestamp,
    String description,
    String kind,
    String details,
    String source,
    String node,
    String instance,
    SortedMap<String, String> labels,
    Long durationNanos,
    String id,
    String chartId) {
  /** By time; of the same time by id, those without one first. */
  static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::timestamp)
          .thenComparing(event -> event.id() == null ? "" : event.id());

  public Event {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /**
   * @param where how messages name it
   * @throws JsonParseException when it is none; the message is one line
   */
  public static Event parse(String where, JsonElement element) {
    JsonFields fields = JsonFields.of(where, element);
    JsonElement time = fields.element("timestamp");
    if (time == null) {
      throw new JsonParseException(where + ": \"timestamp\" is missing");
    }
    JsonElement duration = fields.element("duration_ns");
    if (duration == null) {
      duration = fields.element("duration");
    }
    try {
      return new Event(
          EventTime.parse(scalar(fields, "timestamp", time)),
          fields.requiredText("description"),
          fields.text("kind"),
          fields.text("details"),
          fields.text("source"),
          fields.text("node"),
          fields.text("instance"),
          fields.map("labels"),
          duration == null
              ? null
              : EventTime.parseDuration(scalar(fields, "duration_ns", duration)),
          fields.text("id"),
          fields.text("chart_id"));
    } catch (IllegalArgumentException e) {
      throw new JsonParseException(where + ": " + e.getMessage(), e);
    }
  }

  private static String scalar(JsonFields fields, String key, JsonElement value) {
    if (!value.isJsonPrimitive()) {
      throw fields.expected(key, "a number or a text");
    }
    return value.getAsString();
  }

  JsonObject toJson() {
    JsonObject object = new JsonObject();
    object.addProperty("timestamp", timestamp);
    object.addProperty("description", description);
    addIfPresent(object, "kind", kind);
    addIfPresent(object, "details", details);
    addIfPresent(object, "source", source);
    addIfPresent(object, "node", node);
    addIfPresent(object, "instance", instance);
    if (!labels.isEmpty()) {
      JsonObject map = new JsonObject();
      labels.forEach(map::addProperty);
      object.add("labels", map);
    }
    if (durationNanos != null) {
      object.addProperty("duration_ns", durationNanos);
    }
    addIfPresent(object, "id", id);
    addIfPresent(object, "chart_id", chartId);
    return object;
  }

  private static void addIfPresent(JsonObject object, String key, String value) {
    if (value != null) {
      object.addProperty(key, value);
    }
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.metadata.Event;
import io.rezolus.libs.recording.metadata.EventTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event as one argument: {@code time=…,description=…,label.x=…}. A value may stand between
 * double quotes, in which a backslash takes the character after it as it is.
 */
final class InlineEvent {
  private static final Map<String, String> OTHER_NAMES =
      Map.of("timestamp", "time", "desc", "description", "duration_ns", "duration");
  private static final Set<String> KEYS =
      Set.of(
          "time", "description", "kind", "details", "source", "node", "instance", "id", "duration");
  private static final String LABEL = "label.";

  private final String text;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final SortedMap<String, String> labels = new TreeMap<>();
  private int at;

  private InlineEvent(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException when it is none; the message is one line
   */
  static Event parse(String text) {
    return new InlineEvent(text).parse();
  }

  private Event parse() {
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        throw wrong("\"" + text.substring(at) + "\" is not key=value");
      }
      String key = text.substring(at, equals).strip();
      at = equals + 1;
      put(key, at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
    }
    String duration = fields.get("duration");
    return new Event(
        EventTime.parse(required("time")),
        required("description"),
        fields.get("kind"),
        fields.get("details"),
        fields.get("source"),
        fields.get("node"),
        fields.get("instance"),
        labels,
        duration == null ? null : EventTime.parseDuration(duration),
        fields.get("id"),
        null);
  }

  private void put(String key, String value) {
    String name = OTHER_NAMES.getOrDefault(key, key);
    String earlier;
    if (name.startsWith(LABEL) && name.length() > LABEL.length()) {
      earlier = labels.putIfAbsent(name.substring(LABEL.length()), value);
    } else if (KEYS.contains(name)) {
      earlier = fields.putIfAbsent(name, value);
    } else {
      throw wrong(
          "unknown key \""
              + key
              + "\"; expected time, description, kind, details, source, node, instance, id,"
              + " duration or label.NAME");
    }
    if (earlier != null) {
      throw wrong("\"" + key + "\" is given twice");
    }
  }

  private String plain() {
    int comma = text.indexOf(',', at);
    int end = comma < 0 ? text.length() : comma;
    String value = text.substring(at, end).strip();
    at = end + 1;
    return value;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        value.append(text.charAt(++i));
      } else if (c == '"') {
        if (i + 1 < text.length() && text.charAt(i + 1) != ',') {
          throw wrong("a comma is missing after a closing quote");
        }
        at = i + 2;
        return value.toString();
      } else {
        value.append(c);
      }
    }
    throw wrong("a quote is not closed");
  }

  private String required(String key) {
    String value = fields.get(key);
    if (value == null || value.isEmpty()) {
      throw wrong("\"" + key + "\" is missing");
    }
    return value;
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(text + ": " + why);
  }
}

package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonParseException;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.Event;
import io.rezolus.libs.recording.metadata.Events;
import io.rezolus.libs.recording.metadata.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events in a file: JSON in one piece, or one JSON object a line. */
final class EventText {
  private EventText() {}

  static List<Event> parse(TextInput input) throws CommandException {
    if (!isLines(input)) {
      try {
        return Events.list(input.json());
      } catch (JsonParseException e) {
        throw Failure.of(input.name() + ": " + e.getMessage());
      }
    }
    List<Event> events = new ArrayList<>();
    int number = 0;
    for (String line : input.text().split("\\R")) {
      number++;
      String stripped = line.strip();
      if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        String where = "line " + number;
        try {
          events.add(Event.parse(where, StrictJson.parse(stripped)));
        } catch (JsonParseException e) {
          String message = e.getMessage();
          throw Failure.of(
              input.name()
                  + ": "
                  + (message.startsWith(where) ? message : where + ": not JSON: " + message));
        }
      }
    }
    return events;
  }

  /** By name, by not beginning as one JSON value does, or by a second line that begins anew. */
  private static boolean isLines(TextInput input) {
    String name = input.name().toLowerCase(Locale.ROOT);
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return true;
    }
    List<String> first =
        input.text().lines().map(String::strip).filter(line -> !line.isEmpty()).limit(2).toList();
    if (first.isEmpty() || !first.get(0).matches("(?s)[{\\[].*")) {
      return true;
    }
    return first.size() == 2 && first.get(0).startsWith("{") && first.get(1).startsWith("{");
  }
}

package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonParseException;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.Event;
import io.rezolus.libs.recording.metadata.Events;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to become of a recording's events.
 *
 * @param clear whether those it has go
 * @param added in the order they were given
 */
record EventEdits(boolean clear, List<Event> added) {
  static final EventEdits NONE = new EventEdits(false, List.of());

  boolean isNone() {
    return !clear && added.isEmpty();
  }

  /** Edits the key-values of a file; says which events lost to others of their id. */
  void apply(Path file, Map<String, String> keys, PrintWriter messages) throws CommandException {
    Events before;
    try {
      before = Events.parse(clear ? null : keys.get(Events.KEY));
    } catch (JsonParseException e) {
      throw Failure.of(
          file
              + ": the events that it has are damaged ("
              + e.getMessage()
              + "); --clear-events removes them");
    }
    Events.Merged merged = before.plus(added);
    for (Event dropped : merged.dropped()) {
      messages.println(
          "warning: "
              + file
              + ": event \""
              + DisplayText.shortened(dropped.description(), 60)
              + "\" of "
              + TimeSpan.text(dropped.timestamp())
              + " is left out: an earlier one has the id "
              + dropped.id());
    }
    String json = merged.events().toJson();
    if (json == null) {
      keys.remove(Events.KEY);
    } else {
      keys.put(Events.KEY, json);
    }
  }
}

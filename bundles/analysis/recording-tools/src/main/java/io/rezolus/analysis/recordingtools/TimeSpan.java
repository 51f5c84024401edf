package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.metadata.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * When a recording was made, nanoseconds since the Unix epoch.
 *
 * @param first greater than {@code last} when it has no rows
 */
record TimeSpan(long first, long last) {
  /** What led to a recording and what came of it may lie outside, but not by more than a day. */
  private static final long MARGIN = 86_400_000_000_000L;

  static TimeSpan of(Recording recording) throws IOException {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Table table : recording.tables()) {
      for (int part : new int[] {0, table.parts() - 1}) {
        long[] times = part >= 0 && part < table.parts() ? table.timestamps(part) : new long[0];
        if (times.length > 0) {
          first = Math.min(first, times[0]);
          last = Math.max(last, times[times.length - 1]);
        }
      }
    }
    return new TimeSpan(first, last);
  }

  /** Refuses events of a time that only a mistake explains, such as seconds for nanoseconds. */
  void requireNear(Path file, List<Event> events) throws CommandException {
    for (Event event : events) {
      long time = event.timestamp();
      if (first <= last && (time < first - MARGIN || time - MARGIN > last)) {
        throw Failure.of(
            file
                + ": event \""
                + DisplayText.shortened(event.description(), 60)
                + "\": its time "
                + text(time)
                + " is far from the recording, "
                + text(first)
                + " to "
                + text(last)
                + "; times are nanoseconds or like 2026-01-31T15:23:00Z");
      }
    }
  }

  static String text(long nanos) {
    return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000).toString();
  }
}

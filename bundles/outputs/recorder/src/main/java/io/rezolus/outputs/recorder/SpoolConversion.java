package io.rezolus.outputs.recorder;

import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.outputs.recorder.SpoolOutput.Spooled;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Converts a whole spool at the end of a recording, and says how far it is. */
final class SpoolConversion {
  private static final long PERIOD_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintStream messages;

  SpoolConversion(PrintStream messages) {
    this.messages = messages;
  }

  void convert(Spooled spooled, Path target, Map<String, String> footer) throws IOException {
    SpoolConverter.Conversion conversion =
        new SpoolConverter()
            .convert(spooled.spool().path(), target, footer, progress(spooled.spool().path()));
    if (conversion.torn() != null) {
      throw new IOException(
          "only "
              + conversion.rows()
              + " of "
              + spooled.feed().samples()
              + " samples: "
              + conversion.torn());
    }
  }

  /** Says now and then how far it is. */
  Progress progress(Path what) {
    long[] due = {System.nanoTime() + PERIOD_NANOS};
    return (done, total) -> {
      if (System.nanoTime() - due[0] >= 0) {
        due[0] = System.nanoTime() + PERIOD_NANOS;
        messages.println(what + ": writing the recording: " + 100 * done / total + " %");
      }
    };
  }
}

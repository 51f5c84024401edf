package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.spool.RowGroups;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes the row groups of a parquet recording while samples come, so that its end does not take
 * long. The spool has everything too: where this thread cannot keep up, or has no room, it gives up
 * and the spool is converted in the end.
 */
final class EarlyGroups implements Closeable {
  private static final WriteOptions OPTIONS = WriteOptions.CONVERSION;

  /** Samples after which the code that ends the recording has run often enough to be quick. */
  private static final int REHEARSALS = 12;

  private final Path output;
  private final WriterThread thread = new WriterThread("rezolus-groups");
  private final RowGroups groups;
  private int samples;
  private boolean complete = true;

  EarlyGroups(Path output) throws IOException {
    this.output = output;
    groups = new RowGroups(output, OPTIONS);
  }

  /** Takes a sample; never waits and never fails. */
  void add(Snapshot snapshot) {
    complete = complete && thread.offer(() -> groups.add(snapshot, true));
    if (complete && samples++ < REHEARSALS) {
      thread.offer(() -> RowGroups.rehearse(output, OPTIONS, snapshot));
    }
  }

  /**
   * Writes the recording.
   *
   * @return whether there is one now; otherwise the spool has to be converted
   */
  boolean finish(Map<String, String> footer) throws IOException {
    try {
      thread.end();
    } catch (IOException e) {
      // converting the spool says it again, if it still is so
      return false;
    }
    if (complete) {
      groups.finish(footer);
    }
    return complete;
  }

  @Override
  public void close() throws IOException {
    try {
      thread.end();
    } catch (IOException e) {
      // of no consequence: nobody has asked for the groups
      return;
    } finally {
      groups.close();
    }
  }
}

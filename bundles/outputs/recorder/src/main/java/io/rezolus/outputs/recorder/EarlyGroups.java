package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.combine.Moments;
import io.rezolus.libs.recording.spool.RowGroups;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the row groups of a parquet recording while samples come, so that its end does not take
 * long. The spools have everything too: where this thread cannot keep up, or has no room, it gives
 * up and the spools are converted in the end.
 */
final class EarlyGroups implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyGroups.class);
  private static final WriteOptions OPTIONS = WriteOptions.CONVERSION;

  /** Samples after which the code that ends the recording has run often enough to be quick. */
  private static final int REHEARSALS = 12;

  /** Samples that wait while a row group is encoded; they share what does not change. */
  private static final int QUEUED_MAX = 256;

  private final Path output;
  private final WriterThread thread = new WriterThread("rezolus-groups", QUEUED_MAX);
  private final WriterThread rehearsals = new WriterThread("rezolus-rehearsal");
  private final RowGroups groups;
  private final Moments moments;
  // by source: key-values of its first snapshot with any
  private final Map<Integer, Map<String, String>> metadata = new TreeMap<>();
  private int samples;
  private boolean complete = true;
  private volatile boolean placed = true;
  private int forced;

  private EarlyGroups(Path output, RowGroups groups, Moments moments) {
    this.output = output;
    this.groups = groups;
    this.moments = moments;
  }

  /**
   * Of one endpoint.
   *
   * @param recordings how many are made at the same time
   */
  static EarlyGroups ofOne(Path output, int recordings) throws IOException {
    RowGroups groups = new RowGroups(output, OPTIONS, RowGroups.BYTES_MAX / recordings);
    return new EarlyGroups(output, groups, null);
  }

  /**
   * Of several endpoints side by side.
   *
   * @param there positions of those that are asked from the first tick on
   */
  static EarlyGroups ofSeveral(Path output, Duration interval, List<Integer> there)
      throws IOException {
    RowGroups groups = new RowGroups(output, OPTIONS);
    Moments moments = new Moments(interval.toNanos(), groups::add);
    there.forEach(moments::expect);
    return new EarlyGroups(output, groups, moments);
  }

  /**
   * Takes a sample; never waits and never fails.
   *
   * @param source position of the endpoint; 0 for the only one
   */
  void add(int source, Snapshot snapshot) {
    if (metadata.getOrDefault(source, Map.of()).isEmpty()) {
      metadata.put(source, Map.copyOf(snapshot.metadata()));
    }
    complete = complete && placed && thread.offer(() -> take(source, snapshot));
    if (complete && samples++ < REHEARSALS) {
      rehearsals.attempt(() -> RowGroups.rehearse(output, OPTIONS, snapshot));
    }
  }

  /**
   * Waits until all samples are in row groups, and helps.
   *
   * @return whether they are; otherwise the spools have to be converted
   */
  boolean end() throws IOException {
    boolean all = complete && placed;
    try {
      if (all) {
        thread.submit(this::flush);
      }
      thread.end(groups::help);
      all &= placed;
    } catch (IOException e) {
      // converting the spools says it again, if it still is so
      LOG.debug("{}: {}", output, e.getMessage());
      all = false;
    }
    if (!all) {
      LOG.info("{}: its row groups are made of the whole spool after all", output);
      close();
    }
    return all;
  }

  /** The row groups, once they are all there. */
  RowGroups groups() {
    return groups;
  }

  /** Key-values that came with the samples of an endpoint. */
  SortedMap<String, String> metadata(int source) {
    return new TreeMap<>(metadata.getOrDefault(source, Map.of()));
  }

  @Override
  public void close() throws IOException {
    try {
      thread.end();
      rehearsals.end();
    } catch (IOException e) {
      // of no consequence: nobody has asked for the groups
      return;
    } finally {
      groups.close();
    }
  }

  private void take(int source, Snapshot snapshot) throws IOException {
    if (moments == null) {
      groups.add(snapshot, true);
    } else if (!moments.add(source, snapshot)) {
      placed = false;
    }
    if (groups.groups() > forced) {
      // the end would have to wait for what is not on the disk by then
      forced = groups.groups();
      groups.force();
    }
  }

  private void flush() throws IOException {
    if (moments != null) {
      moments.end();
    }
    groups.flush();
  }
}

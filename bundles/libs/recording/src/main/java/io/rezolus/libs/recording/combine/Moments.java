package io.rezolus.libs.recording.combine;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts samples of several sources, as they come, into the rows that combining their recordings
 * makes: one for each moment on the grid of the interval that any source has a sample of. A row is
 * given away once no source can add to it; one that lags far behind is not waited for.
 */
public final class Moments {
  private static final int WAITING_MAX = 32;

  private final long interval;
  private final Receiver receiver;
  private final TreeMap<Long, Snapshot[]> waiting = new TreeMap<>();
  // by source: moment of its newest sample
  private long[] newest = new long[0];
  private long given = Long.MIN_VALUE;

  /**
   * @param intervalNanos time between rows
   * @param receiver gets the rows in order of time
   */
  public Moments(long intervalNanos, Receiver receiver) {
    this.interval = intervalNanos;
    this.receiver = receiver;
  }

  /**
   * Makes the others wait for the first sample of a source, which may come late.
   *
   * @param source a small number
   */
  public void expect(int source) {
    grow(source);
    newest[source] = Long.MIN_VALUE;
  }

  /**
   * Adds a sample.
   *
   * @param source a small number
   * @return whether it found its place; its row has been given away otherwise
   */
  public boolean add(int source, Snapshot snapshot) throws IOException {
    long time = snapshot.systemTimeNanos();
    long slot = GridRows.slot(time, interval);
    if (slot <= given) {
      return false;
    }
    grow(source);
    newest[source] = newest[source] == Long.MAX_VALUE ? slot : Math.max(newest[source], slot);
    Snapshot[] row = waiting.computeIfAbsent(slot, any -> new Snapshot[0]);
    if (source >= row.length) {
      row = Arrays.copyOf(row, source + 1);
      waiting.put(slot, row);
    }
    if (row[source] == null
        || Math.abs(time - slot) < Math.abs(row[source].systemTimeNanos() - slot)) {
      row[source] = snapshot;
    }
    long complete = Arrays.stream(newest).min().getAsLong();
    while (!waiting.isEmpty() && (waiting.firstKey() < complete || waiting.size() > WAITING_MAX)) {
      give();
    }
    return true;
  }

  private void grow(int source) {
    if (source >= newest.length) {
      int before = newest.length;
      newest = Arrays.copyOf(newest, source + 1);
      // the others do not wait for a source that has never been
      Arrays.fill(newest, before, newest.length, Long.MAX_VALUE);
    }
  }

  /** Gives away the rows that wait for a source. */
  public void end() throws IOException {
    while (!waiting.isEmpty()) {
      give();
    }
  }

  private void give() throws IOException {
    Map.Entry<Long, Snapshot[]> row = waiting.pollFirstEntry();
    given = row.getKey();
    List<Snapshot> snapshots = new ArrayList<>(Arrays.asList(row.getValue()));
    receiver.row(given, snapshots);
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * @param timestampNanos later than all before
     * @param snapshots by source, null for those without one
     */
    void row(long timestampNanos, List<Snapshot> snapshots) throws IOException;
  }
}

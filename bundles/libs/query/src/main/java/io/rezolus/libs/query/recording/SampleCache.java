package io.rezolus.libs.query.recording;

import io.rezolus.libs.query.Samples;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decoded columns up to a number of bytes; those not used for longest go first. Thread-safe. */
public final class SampleCache {
  private record Held(TableTimes.Range[] coverage, Samples samples, long bytes) {}

  /** Bytes of the objects around the columns, roughly. */
  private static final long OVERHEAD = 256;

  private final long limit;
  private final Map<Object, Held> held = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /** A cache for any number of sources. */
  public SampleCache(long limitBytes) {
    this.limit = limitBytes;
  }

  /** Bytes held now. */
  public synchronized long bytes() {
    return bytes;
  }

  synchronized Samples get(Object series, TableTimes.Range[] coverage) {
    Held h = held.get(series);
    if (h == null) {
      return null;
    }
    TableTimes.Range[] has = h.coverage;
    for (int i = 0; i < has.length; i++) {
      if (!coverage[i].isEmpty() && !has[i].contains(coverage[i])) {
        return null;
      }
    }
    return h.samples;
  }

  synchronized void remove(Object series) {
    Held gone = held.remove(series);
    bytes -= gone == null ? 0 : gone.bytes;
  }

  /**
   * @param sharedBytes part of the samples that is not theirs alone and stays anyway
   */
  synchronized void put(
      Object series, TableTimes.Range[] coverage, Samples samples, long sharedBytes) {
    long weight = samples.bytes() - sharedBytes + OVERHEAD;
    if (weight > limit / 2) {
      return;
    }
    Held before = held.put(series, new Held(coverage, samples, weight));
    bytes += weight - (before == null ? 0 : before.bytes);
    Iterator<Held> oldest = held.values().iterator();
    while (bytes > limit) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}

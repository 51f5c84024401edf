package io.rezolus.libs.query.recording;

import io.rezolus.libs.query.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decoded columns up to a number of bytes; those not used for longest go first. Of a series there
 * may be several ranges, as what is drawn piece by piece is read. Thread-safe.
 */
public final class SampleCache {
  private record Piece(Object series, List<TableTimes.Range> coverage) {
    boolean covers(List<TableTimes.Range> wanted) {
      for (int i = 0; i < coverage.size(); i++) {
        if (!wanted.get(i).isEmpty() && !coverage.get(i).contains(wanted.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private record Held(Samples samples, long bytes) {}

  /** Bytes of the objects around the columns, roughly. */
  private static final long OVERHEAD = 256;

  private final long limit;
  private final Map<Piece, Held> held = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Object, List<Piece>> pieces = new HashMap<>();
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
    List<TableTimes.Range> wanted = Arrays.asList(coverage);
    for (Piece piece : pieces.getOrDefault(series, List.of())) {
      if (piece.covers(wanted)) {
        return held.get(piece).samples;
      }
    }
    return null;
  }

  synchronized void remove(Object series) {
    for (Piece piece : List.copyOf(pieces.getOrDefault(series, List.of()))) {
      remove(piece);
    }
  }

  private void remove(Piece piece) {
    bytes -= held.remove(piece).bytes;
    List<Piece> of = pieces.get(piece.series);
    of.remove(piece);
    if (of.isEmpty()) {
      pieces.remove(piece.series);
    }
  }

  /**
   * @param sharedBytes part of the samples that is not theirs alone and stays anyway, where they
   *     are all that is held of the series
   */
  synchronized void put(
      Object series, TableTimes.Range[] coverage, Samples samples, long sharedBytes) {
    Piece piece = new Piece(series, List.of(coverage));
    for (Piece known : List.copyOf(pieces.getOrDefault(series, List.of()))) {
      if (piece.covers(known.coverage)) {
        remove(known);
      }
    }
    long shared = pieces.containsKey(series) ? 0 : sharedBytes;
    long weight = samples.bytes() - shared + OVERHEAD;
    if (weight > limit / 2) {
      return;
    }
    held.put(piece, new Held(samples, weight));
    pieces.computeIfAbsent(series, s -> new ArrayList<>(1)).add(piece);
    bytes += weight;
    while (bytes > limit) {
      remove(held.keySet().iterator().next());
    }
  }
}

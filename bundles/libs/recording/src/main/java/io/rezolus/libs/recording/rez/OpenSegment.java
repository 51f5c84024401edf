package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.Schema;
import io.rezolus.libs.wire.SchemaEncoding;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What a writer knows about a table: its next segment, whose rows lie in the log. */
final class OpenSegment {
  private static final int STAGGER = 64;

  private final String table;
  private final int stagger;
  private final Set<String> known = new HashSet<>();
  private SchemaEncoding encoding;
  private SchemaEncoding anchored;
  private boolean first;
  private long seq;
  private int rows;
  private long bytes;
  private long openedNanos;
  private long oldestTs;
  private long newestTs;
  private boolean observed;
  private long observation;

  /**
   * @param seq number of its next segment
   */
  OpenSegment(String table, long seq) {
    this.table = table;
    this.seq = seq;
    this.first = seq == 0;
    this.stagger = (int) Long.remainderUnsigned(fnv(table), STAGGER);
  }

  String table() {
    return table;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** Estimated size. */
  long bytes() {
    return bytes;
  }

  long oldestTs() {
    return oldestTs;
  }

  /**
   * Whether a reading is another than the one stored last. One that is older is: the clock it was
   * read by has been set back.
   */
  boolean isNew(long key) {
    return !observed || key != observation;
  }

  /** The encoded form of a group's schema, kept while the group keeps the instance. */
  SchemaEncoding encoding(Schema schema) {
    if (encoding == null || encoding.schema() != schema) {
      encoding = SchemaEncoding.of(schema);
    }
    return encoding;
  }

  /** Whether the next row must carry its schema. */
  boolean needsAnchor(SchemaEncoding schema) {
    return anchored == null
        || anchored.hashHigh() != schema.hashHigh()
        || anchored.hashLow() != schema.hashLow();
  }

  /** Names whose metadata an open row carries. */
  Set<String> known() {
    return known;
  }

  /** A row is in the log. */
  void stored(PendingRow row, long ts, long nowNanos) {
    if (rows == 0) {
      openedNanos = nowNanos;
      oldestTs = ts;
    }
    rows++;
    bytes += row.size();
    newestTs = ts;
    anchored = row.schema() == null ? anchored : row.schema();
    observed = true;
    observation = row.observation();
  }

  /** Rows of an earlier writer are in the log. */
  void resume(int count, long size, long oldest, long newest, long nowNanos) {
    rows = count;
    bytes = size;
    oldestTs = oldest;
    newestTs = newest;
    openedNanos = nowNanos;
  }

  /**
   * Rows were evicted.
   *
   * @param evicted how many
   * @param oldest time of the oldest that stayed
   */
  void shrink(int evicted, long oldest) {
    int remaining = rows - evicted;
    bytes = rows == 0 ? 0 : bytes * remaining / rows;
    rows = remaining;
    oldestTs = oldest;
    if (remaining == 0) {
      forget();
    }
  }

  /** Rows must tell names and labels again from here on. */
  void forget() {
    anchored = null;
    known.clear();
  }

  /** Ends the segment: what comes from here on belongs to the next one. */
  Cut cut() {
    Cut cut = new Cut(table, seq, newestTs);
    seq++;
    first = false;
    rows = 0;
    bytes = 0;
    forget();
    return cut;
  }

  /**
   * Whether the rows are to become a segment. The first segment of each table is shorter by a
   * fraction that its name decides, so that not all tables are sealed in the same moment.
   */
  boolean isDue(RezWriterOptions options, long nowNanos) {
    if (rows == 0) {
      return false;
    }
    long maxRows = options.segmentRows();
    long maxAge = options.segmentAge().toNanos();
    if (first) {
      maxRows = Math.max(1, maxRows - maxRows / 128 * stagger);
      maxAge -= maxAge / 128 * stagger;
    }
    return bytes >= options.segmentBytes() || rows >= maxRows || nowNanos - openedNanos >= maxAge;
  }

  /**
   * Rows that become a segment.
   *
   * @param newestTs time of the last of them
   */
  record Cut(String table, long seq, long newestTs) {}

  /** FNV-1a, 64 bits. */
  private static long fnv(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}

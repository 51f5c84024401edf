package io.rezolus.libs.recording.rez;

import java.io.IOException;

/** A segment as it is stored. */
record Sealed(byte[] bytes, long rows, long firstTs, long lastTs) {
  /** The rows as a segment; there must be one at least. */
  static Sealed of(SegmentBuilder rows) throws IOException {
    return new Sealed(SegmentEncoder.encode(rows), rows.rows(), rows.firstTs(), rows.lastTs());
  }
}

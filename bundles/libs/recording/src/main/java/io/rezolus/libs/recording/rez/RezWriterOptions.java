package io.rezolus.libs.recording.rez;

import java.time.Duration;

/**
 * How an archive is written.
 *
 * @param segmentRows rows after which a table's open rows become a segment, at least 1
 * @param segmentBytes estimated size after which they do
 * @param segmentAge time after which they do
 * @param clockAnchorNanos wall clock when the recording begins, nanoseconds since the Unix epoch
 */
public record RezWriterOptions(
    int segmentRows, long segmentBytes, Duration segmentAge, long clockAnchorNanos) {
  public RezWriterOptions {
    segmentRows = Math.max(1, segmentRows);
  }

  /** What upstream Rezolus uses: 900 rows, 8 MiB, 300 seconds. */
  public static RezWriterOptions standard(long clockAnchorNanos) {
    return new RezWriterOptions(900, 8L << 20, Duration.ofSeconds(300), clockAnchorNanos);
  }

  public RezWriterOptions withSegmentRows(int rows) {
    return new RezWriterOptions(rows, segmentBytes, segmentAge, clockAnchorNanos);
  }
}

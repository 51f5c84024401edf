package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows on their way to becoming segments. What takes time, {@link #encode}, needs nothing of the
 * archive, so that another thread can do it while rows are appended; they go into later segments.
 */
public final class Sealing {
  private final List<Part> parts = new ArrayList<>();
  private final ClockOffset clock;

  /**
   * @param clock the newest observation of the wall clock
   */
  Sealing(ClockOffset clock) {
    this.clock = clock;
  }

  void add(OpenSegment.Cut cut, SegmentBuilder rows) {
    parts.add(new Part(cut, rows));
  }

  /** Makes segments of the rows that are none yet. */
  public void encode() throws IOException {
    for (Part part : parts) {
      if (part.rows != null) {
        part.sealed = part.rows.rows() > 0 ? Sealed.of(part.rows) : null;
        part.rows = null;
      }
    }
  }

  List<Part> parts() {
    return parts;
  }

  ClockOffset clock() {
    return clock;
  }

  /** The rows of one table. */
  static final class Part {
    private final OpenSegment.Cut cut;
    private SegmentBuilder rows;
    private Sealed sealed;

    private Part(OpenSegment.Cut cut, SegmentBuilder rows) {
      this.cut = cut;
      this.rows = rows;
    }

    OpenSegment.Cut cut() {
      return cut;
    }

    /** The segment; null where there were no rows. */
    Sealed sealed() {
      return sealed;
    }
  }
}

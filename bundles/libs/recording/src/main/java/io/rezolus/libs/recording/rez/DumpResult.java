package io.rezolus.libs.recording.rez;

/**
 * What a copy of an archive holds.
 *
 * @param rows rows of all tables; where 0, no file was written
 * @param tables tables with rows
 * @param bytes size of the file
 * @param firstTs time of the first row, nanoseconds since the Unix epoch; 0 without rows
 * @param lastTs time of the last row; 0 without rows
 */
public record DumpResult(long rows, int tables, long bytes, long firstTs, long lastTs) {
  public static final DumpResult NOTHING = new DumpResult(0, 0, 0, 0, 0);

  /** Whether there was nothing to copy, and so no file was written. */
  public boolean isEmpty() {
    return rows == 0;
  }

  DumpResult and(DumpResult other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new DumpResult(
        rows + other.rows,
        tables + other.tables,
        bytes + other.bytes,
        Math.min(firstTs, other.firstTs),
        Math.max(lastTs, other.lastTs));
  }

  DumpResult asOneTable() {
    return new DumpResult(rows, isEmpty() ? 0 : 1, bytes, firstTs, lastTs);
  }

  DumpResult ofBytes(long size) {
    return new DumpResult(rows, tables, size, firstTs, lastTs);
  }
}

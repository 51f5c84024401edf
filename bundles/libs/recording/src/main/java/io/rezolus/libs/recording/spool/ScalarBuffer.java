package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.Cells;
import java.util.Arrays;

/**
 * Cells of a counter, gauge or time column. Takes memory from the first row that is set to the last
 * one: what lives for a moment, as a process, is small wherever that moment is. What lives long
 * grows by pages, so that nothing is copied and no more is taken than is counted.
 */
final class ScalarBuffer implements ColumnBuffer {
  private static final int CELLS = 4;
  private static final int PAGE = Long.SIZE;
  private static final int PAGE_BYTES = 8 * PAGE + 32;
  private static final int OBJECTS_BYTES = 128;

  // each of PAGE cells but for the first, which grows to that
  private long[][] pages = {new long[CELLS]};
  // a bit for each cell of a page
  private long[] present = new long[1];
  private int first = -1;
  private int end;

  /** Sets a cell and returns how much more memory that takes. Rows only ever grow. */
  int set(int row, long value) {
    int more = 0;
    if (first < 0) {
      first = row;
      more = OBJECTS_BYTES;
    }
    int at = row - first;
    int page = at / PAGE;
    if (page >= pages.length) {
      int length = Math.max(page + 1, pages.length * 2);
      more += 16 * (length - pages.length);
      pages = Arrays.copyOf(pages, length);
      present = Arrays.copyOf(present, length);
    }
    if (pages[page] == null) {
      pages[page] = new long[PAGE];
      more += PAGE_BYTES;
    } else if (at % PAGE >= pages[page].length) {
      int length = Math.min(PAGE, Math.max(at + 1, pages[page].length * 4));
      more += 8 * (length - pages[page].length);
      pages[page] = Arrays.copyOf(pages[page], length);
    }
    pages[page][at % PAGE] = value;
    present[page] |= 1L << at;
    end = row + 1;
    return more;
  }

  @Override
  public long values(int rows) {
    return rows;
  }

  @Override
  public void drain(int rows, Cells out) {
    for (int row = 0; row < rows; row++) {
      int at = row - first;
      if (first >= 0 && at >= 0 && row < end && (present[at / PAGE] & 1L << at) != 0) {
        out.value(pages[at / PAGE][at % PAGE]);
      } else {
        out.absent();
      }
    }
  }
}

package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Decodes one column of one row group page by page. */
final class ColumnDecoder {
  private ColumnDecoder() {}

  /**
   * @param definedLevel 1, or 0 for a required column
   * @param rows of the row group
   */
  static Longs longs(ChunkPages pages, int definedLevel, int rows) throws IOException {
    PageDecoder decoder = new PageDecoder(0, definedLevel);
    long[] values = new long[rows];
    BitSet present = new BitSet(rows);
    int row = 0;
    for (DataPage page = pages.next(); page != null; page = pages.next()) {
      int count = page.count();
      if (count > rows - row) {
        throw new IOException("more values than rows");
      }
      decoder.decode(page);
      if (decoder.complete()) {
        decoder.values().get(0, values, row, count);
        present.set(row, row + count);
      } else {
        LongBuffer found = decoder.values();
        int next = 0;
        for (int i = 0; i < count; i++) {
          if (decoder.definition(i) == definedLevel) {
            values[row + i] = found.get(next++);
            present.set(row + i);
          }
        }
      }
      row += count;
    }
    if (row != rows) {
      throw new IOException(row + " values for " + rows + " rows");
    }
    return new Longs(values, present);
  }

  /**
   * @param definedLevel level of an element that has a value: 3, or 2 in a required column
   * @param rows of the row group
   */
  static long[][] lists(ChunkPages pages, int definedLevel, int rows) throws IOException {
    PageDecoder decoder = new PageDecoder(1, definedLevel);
    Lists lists = new Lists(rows);
    for (DataPage page = pages.next(); page != null; page = pages.next()) {
      decoder.decode(page);
      int next = 0;
      for (int i = 0; i < page.count(); ) {
        if (decoder.repetition(i) == 0) {
          lists.startRow();
        }
        if (decoder.complete()) {
          int from = i++;
          while (i < page.count() && decoder.repetition(i) != 0) {
            i++;
          }
          if (i < page.count() && decoder.repetition(from) == 0) {
            lists.whole(decoder.values(), from, i);
          } else {
            lists.add(decoder.values(), from, i - from);
          }
        } else {
          int level = decoder.definition(i++);
          if (level == definedLevel) {
            lists.add(decoder.values(), next++, 1);
          } else if (level == definedLevel - 1) {
            lists.add(LongBuffer.allocate(1), 0, 1); // an absent element
          }
        }
      }
    }
    return lists.finish();
  }

  /** Puts lists together; one may go on in the next page. */
  private static final class Lists {
    private final long[][] lists;
    private long[] buffer = new long[512];
    private int row = -1;
    private int length;
    private long total;

    Lists(int rows) {
      lists = new long[rows][];
    }

    void startRow() throws IOException {
      endRow();
      row++;
      if (row == lists.length) {
        throw new IOException("more lists than rows");
      }
    }

    void add(LongBuffer values, int from, int count) throws IOException {
      if (row < 0) {
        throw new IOException("a list that goes on before it began");
      }
      total += count;
      Limits.values(total);
      if (count > buffer.length - length) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + count));
      }
      values.get(from, buffer, length, count);
      length += count;
    }

    /** A list that lies in one page. */
    void whole(LongBuffer values, int from, int to) throws IOException {
      total += to - from;
      Limits.values(total);
      lists[row] = new long[to - from];
      values.get(from, lists[row]);
    }

    long[][] finish() throws IOException {
      endRow();
      if (row != lists.length - 1) {
        throw new IOException((row + 1) + " lists for " + lists.length + " rows");
      }
      return lists;
    }

    private void endRow() {
      // nobody writes empty lists, and absent ones have no elements either
      if (length > 0) {
        lists[row] = Arrays.copyOf(buffer, length);
        length = 0;
      }
    }
  }
}

package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.column.ColumnReader;

/** Puts together what parquet-java reads cell by cell. */
final class LibraryCells {
  private LibraryCells() {}

  /**
   * @param defined definition level of a value that is present
   */
  static Longs longs(ColumnReader cells, int defined, int count, int rows) throws IOException {
    if (count != rows) {
      throw new IOException(count + " values for " + rows + " rows");
    }
    long[] values = new long[rows];
    BitSet present = new BitSet(rows);
    for (int row = 0; row < rows; row++) {
      if (cells.getCurrentDefinitionLevel() == defined) {
        values[row] = cells.getLong();
        present.set(row);
      }
      cells.consume();
    }
    return new Longs(values, present);
  }

  /**
   * @param defined definition level of an element that has a value
   */
  static long[][] lists(ColumnReader cells, int defined, int count, int rows) throws IOException {
    Limits.values(count);
    long[][] lists = new long[rows][];
    long[] buffer = new long[512];
    int row = -1;
    int length = 0;
    // levels of the element and of the repeated group above it: below both there is no list or an
    // empty one, and recordings never hold empty lists
    int element = defined - 1;
    for (int i = 0; i < count; i++) {
      if (cells.getCurrentRepetitionLevel() == 0) {
        if (length > 0) {
          lists[row] = Arrays.copyOf(buffer, length);
        }
        row++;
        if (row == rows) {
          throw new IOException("more lists than rows");
        }
        length = 0;
      }
      int level = cells.getCurrentDefinitionLevel();
      if (level >= element) {
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = level == defined ? cells.getLong() : 0;
      }
      cells.consume();
    }
    if (length > 0) {
      lists[row] = Arrays.copyOf(buffer, length);
    }
    return lists;
  }
}

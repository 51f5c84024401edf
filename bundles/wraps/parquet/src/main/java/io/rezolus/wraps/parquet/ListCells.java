package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;

/** Puts the cells of a list column together, row by row. */
final class ListCells {
  private ListCells() {}

  /**
   * @param defined definition level of an element that has a value
   * @param lists one slot per row, to fill in
   */
  static void read(ColumnReader cells, int defined, int count, long[][] lists) throws IOException {
    long[] buffer = new long[512];
    int row = -1;
    int length = 0;
    boolean list = false;
    // levels of the element and of the repeated group above it: below both there is no list or an
    // empty one, and recordings never hold empty lists
    int element = defined - 1;
    for (int i = 0; i < count; i++) {
      if (cells.getCurrentRepetitionLevel() == 0) {
        if (list) {
          lists[row] = Arrays.copyOf(buffer, length);
        }
        row++;
        if (row == lists.length) {
          throw new IOException("more lists than rows");
        }
        length = 0;
        list = false;
      }
      int level = cells.getCurrentDefinitionLevel();
      if (level >= element) {
        list = true;
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = level == defined ? cells.getLong() : 0;
      }
      cells.consume();
    }
    if (list) {
      lists[row] = Arrays.copyOf(buffer, length);
    }
  }
}

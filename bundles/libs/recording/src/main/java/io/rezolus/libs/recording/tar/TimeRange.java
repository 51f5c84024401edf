package io.rezolus.libs.recording.tar;

import io.rezolus.libs.recording.Table;
import java.io.IOException;

/**
 * Times of a table's first and last row, nanoseconds since the Unix epoch; both 0 without rows.
 *
 * @param rows how many there are
 */
record TimeRange(long rows, long first, long last) {

  static TimeRange of(Table table) throws IOException {
    long first = 0;
    long last = 0;
    boolean any = false;
    for (int part = 0; part < table.parts() && !any; part++) {
      if (table.rows(part) > 0) {
        first = table.timestamps(part)[0];
        any = true;
      }
    }
    for (int part = table.parts() - 1; part >= 0 && any; part--) {
      int rows = table.rows(part);
      if (rows > 0) {
        last = table.timestamps(part)[rows - 1];
        break;
      }
    }
    return new TimeRange(table.rows(), first, last);
  }

  boolean isEmpty() {
    return rows == 0;
  }
}

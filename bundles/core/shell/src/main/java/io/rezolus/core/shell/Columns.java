package io.rezolus.core.shell;

import java.util.ArrayList;
import java.util.List;

/** Text in left-aligned columns; the last column is never padded. */
final class Columns {
  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  Columns(String... titles) {
    widths = new int[titles.length];
    row(titles);
  }

  void row(String... cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells[i].length());
    }
    rows.add(cells);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]);
        if (i < row.length - 1) {
          line.append(" ".repeat(widths[i] - row[i].length() + 2));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

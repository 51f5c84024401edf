package io.rezolus.analysis.recordingtools;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Rows under a heading, in columns as wide as their widest cell; the last one is never padded. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();
  private final Set<Integer> right;

  /**
   * @param right which columns are aligned to the right
   */
  TextTable(Set<Integer> right, String... heading) {
    this.right = right;
    rows.add(heading);
    rule();
  }

  void row(String... cells) {
    rows.add(cells);
  }

  /** A line across all columns. */
  void rule() {
    rows.add(new String[0]);
  }

  void print(PrintWriter out) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    widths[widths.length - 1] = width(rows.get(0)[widths.length - 1]);
    for (String[] row : rows) {
      out.println(("  " + line(row, widths)).stripTrailing());
    }
  }

  private String line(String[] row, int[] widths) {
    if (row.length == 0) {
      List<String> dashes = Arrays.stream(widths).mapToObj("-"::repeat).toList();
      return String.join("-+-", dashes);
    }
    List<String> cells = new ArrayList<>(Collections.nCopies(row.length, ""));
    for (int i = 0; i < row.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - width(row[i])));
      cells.set(i, right.contains(i) ? padding + row[i] : row[i] + padding);
    }
    return String.join(" | ", cells);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}

package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows of a part, so few that the values of all columns fit into memory.
 *
 * @param part which part of the table
 * @param from first row in it
 * @param to behind the last one
 * @param timestamps of the whole part
 */
record RowBlock(int part, int from, int to, long[] timestamps) {
  private static final long BYTES_MAX = 16L << 20;

  /** Number of rows. */
  int rows() {
    return to - from;
  }

  /** The rows of a part within the view's range: blocks of any length. */
  static List<RowBlock> runs(ExportView view, int part) throws IOException {
    return blocks(view, part, Integer.MAX_VALUE);
  }

  /** The rows of a part within the view's range, in blocks of bounded size. */
  static List<RowBlock> bounded(ExportView view, int part) throws IOException {
    long bytes = Long.BYTES;
    for (RecordedColumn column : view.columns()) {
      bytes +=
          column.kind() == MetricKind.HISTOGRAM
              ? (long) Long.BYTES * column.histogram().bucketCount()
              : Long.BYTES;
    }
    return blocks(view, part, (int) Math.max(1, BYTES_MAX / bytes));
  }

  private static List<RowBlock> blocks(ExportView view, int part, int rowsMax) throws IOException {
    long[] times = view.table().timestamps(part);
    List<RowBlock> blocks = new ArrayList<>();
    int from = 0;
    while (from < times.length) {
      int to = from;
      while (to < times.length
          && to - from < rowsMax
          && times[to] >= view.start()
          && times[to] <= view.end()) {
        to++;
      }
      if (to > from) {
        blocks.add(new RowBlock(part, from, to, times));
      }
      from = to > from ? to : from + 1;
    }
    return blocks;
  }
}

package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.ParquetFile;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a file keeps the acquisition windows of its columns, by ordinal. */
final class AcquisitionWindows {
  private static final String BEGIN = ":window_begin";
  private static final String WIDTH = ":window_width";
  private static final String BUCKETS = ":buckets";

  private final Map<String, Integer> begins = new HashMap<>();
  private final Map<String, Integer> widths = new HashMap<>();
  private int duration = -1;
  private int wallOffset = -1;

  private AcquisitionWindows() {}

  static AcquisitionWindows of(List<Column> columns) {
    AcquisitionWindows windows = new AcquisitionWindows();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      ColumnType type = columns.get(i).type();
      if (name.endsWith(BEGIN) && type == ColumnType.INT64) {
        windows.begins.put(name.substring(0, name.length() - BEGIN.length()), i);
      } else if (name.endsWith(WIDTH) && type == ColumnType.UINT64) {
        windows.widths.put(name.substring(0, name.length() - WIDTH.length()), i);
      } else if (name.equals("duration") && type == ColumnType.UINT64) {
        windows.duration = i;
      } else if (name.equals(":wall_offset") && type == ColumnType.INT64) {
        windows.wallOffset = i;
      }
    }
    return windows;
  }

  /** Ordinal of the wall offsets, or -1. */
  int wallOffset() {
    return wallOffset;
  }

  Windows read(ParquetFile file, RecordedColumn column, int part, long[] timestamps)
      throws IOException {
    String name = column.name();
    String bare =
        name.endsWith(BUCKETS) ? name.substring(0, name.length() - BUCKETS.length()) : name;
    // a pair is the column's own or the table's, never half of each
    for (String key : new String[] {bare, ""}) {
      Integer begin = begins.get(key);
      Integer width = widths.get(key);
      if (begin != null && width != null) {
        return windows(file.readLongs(part, begin), file.readLongs(part, width), timestamps);
      }
    }
    if (duration < 0) {
      return null;
    }
    Longs widths = file.readLongs(part, duration);
    return windows(new Longs(new long[timestamps.length], widths.present()), widths, timestamps);
  }

  /**
   * @param begins offsets from the rows' times
   */
  private static Windows windows(Longs begins, Longs widths, long[] timestamps) {
    BitSet present = (BitSet) begins.present().clone();
    present.and(widths.present());
    long[] begin = new long[timestamps.length];
    long[] end = new long[timestamps.length];
    for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
      begin[i] = Math.max(0, timestamps[i] + begins.values()[i]);
      long sum = begin[i] + widths.values()[i];
      end[i] = sum < begin[i] ? Long.MAX_VALUE : sum;
    }
    return new Windows(begin, end, present);
  }
}

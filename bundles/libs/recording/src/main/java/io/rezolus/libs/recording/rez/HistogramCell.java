package io.rezolus.libs.recording.rez;

import io.rezolus.libs.histogram.HistogramConfig;
import java.io.IOException;

/**
 * One reading of a histogram in a stored row: {@code [grouping power, max value power, counts]}.
 */
record HistogramCell(HistogramConfig config, long[] buckets) {
  /**
   * @return null where it contradicts itself, which must not cost the other values of the table
   * @throws IOException when no value follows
   */
  static HistogramCell read(RowReader in) throws IOException {
    int start = in.position();
    in.skip();
    int end = in.position();
    in.position(start);
    HistogramCell cell;
    try {
      cell = parse(in);
    } catch (IOException e) {
      cell = null;
    }
    in.position(end);
    return cell;
  }

  private static HistogramCell parse(RowReader in) throws IOException {
    in.array(3);
    long groupingPower = in.unsigned();
    long maxValuePower = in.unsigned();
    int count = in.array();
    if (groupingPower < 0
        || groupingPower > 64
        || maxValuePower < 0
        || maxValuePower > 64
        || !HistogramConfig.isLegal((int) groupingPower, (int) maxValuePower)) {
      return null;
    }
    HistogramConfig config = new HistogramConfig((int) groupingPower, (int) maxValuePower);
    if (config.bucketCount() != count) {
      return null;
    }
    long[] buckets = new long[count];
    for (int i = 0; i < count; i++) {
      buckets[i] = in.unsigned();
    }
    return new HistogramCell(config, buckets);
  }
}

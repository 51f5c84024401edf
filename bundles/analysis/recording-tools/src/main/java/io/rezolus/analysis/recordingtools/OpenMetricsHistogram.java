package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.RecordedColumn;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;

/**
 * One histogram over time. Buckets that never hold anything in the range are left out; the others
 * are there at every moment, so that each makes a whole series.
 */
final class OpenMetricsHistogram {
  private final ExportView view;
  private final RecordedColumn column;
  private final String name;
  private final String labels;

  OpenMetricsHistogram(ExportView view, RecordedColumn column, String name, String labels) {
    this.view = view;
    this.column = column;
    this.name = name;
    this.labels = labels;
  }

  void write(Writer out) throws IOException {
    BitSet used = new BitSet();
    each(
        (time, counts) -> {
          for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
              used.set(i);
            }
          }
        });
    int[] buckets = used.stream().toArray();
    String[] lines = new String[buckets.length];
    BigInteger[] uppers = new BigInteger[buckets.length];
    String before = name + "_bucket{" + (labels.isEmpty() ? "" : labels + ",") + "le=\"";
    for (int i = 0; i < buckets.length; i++) {
      long upper = column.histogram().upper(buckets[i]);
      lines[i] = before + OpenMetricsNumber.bound(upper) + "\"} ";
      uppers[i] = new BigInteger(Long.toUnsignedString(upper));
    }
    String braces = labels.isEmpty() ? " " : "{" + labels + "} ";
    each(
        (time, counts) -> {
          String end = " " + OpenMetricsNumber.seconds(time) + "\n";
          long count = 0;
          BigInteger sum = BigInteger.ZERO;
          for (int i = 0; i < buckets.length; i++) {
            long here = counts[buckets[i]];
            count += here;
            sum = sum.add(uppers[i].multiply(new BigInteger(Long.toUnsignedString(here))));
            out.write(lines[i] + Long.toUnsignedString(count) + end);
          }
          String total = Long.toUnsignedString(count) + end;
          out.write(before + "+Inf\"} " + total);
          out.write(name + "_count" + braces + total);
          out.write(name + "_sum" + braces + OpenMetricsNumber.sum(sum) + end);
        });
  }

  private void each(Taker taker) throws IOException {
    long last = Long.MIN_VALUE;
    for (int part = 0; part < view.table().parts(); part++) {
      List<RowBlock> runs = RowBlock.runs(view, part);
      if (runs.isEmpty()) {
        continue;
      }
      long[][] rows = view.table().histograms(column, part);
      for (RowBlock run : runs) {
        for (int row = run.from(); row < run.to(); row++) {
          if (rows[row] != null && run.timestamps()[row] > last) {
            last = run.timestamps()[row];
            taker.take(last, rows[row]);
          }
        }
      }
    }
  }

  private interface Taker {
    void take(long time, long[] counts) throws IOException;
  }
}

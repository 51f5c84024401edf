package io.rezolus.libs.recording;

import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.List;

/**
 * Samples with common times, stored in parts (row groups, segments) of consecutive rows. The schema
 * is known without touching data; each call that reads decodes the column it names and nothing
 * else. Safe for use by several threads.
 */
public interface Table {
  /** {@code <sampler>/<group>}, {@code <sampler>}, or empty for the table of a flat format. */
  String name();

  /** All series, {@code duration} among them as a counter. Names need not be unique. */
  List<RecordedColumn> columns();

  /** Rows of all parts. */
  long rows();

  int parts();

  int rows(int part);

  /** Wall-clock times of a part's rows, nanoseconds since the Unix epoch. */
  long[] timestamps(int part) throws IOException;

  /** Values of a counter or gauge; no value is present where the part lacks the column. */
  Longs values(RecordedColumn column, int part) throws IOException;

  /**
   * Cumulative bucket counts of a histogram, one array per row; null where the row has none, or one
   * whose length contradicts the column's configuration.
   */
  long[][] histograms(RecordedColumn column, int part) throws IOException;

  /**
   * When the values of a column were really read: the column's own windows, else the table's, else
   * those that {@code duration} gives.
   *
   * @return null where nothing is known
   */
  Windows windows(RecordedColumn column, int part) throws IOException;

  /**
   * How far the wall clock was ahead of the row's time when it was taken, in nanoseconds.
   *
   * @return null where the table does not say
   */
  Longs wallOffsets(int part) throws IOException;
}

package io.rezolus.libs.query;

import java.util.Arrays;

/**
 * When the rows of a series were really read: parallel arrays in order of time.
 *
 * @param times of the rows, ns since the epoch, as {@link Samples} has them
 * @param begin ns since the epoch; not on the sampling grid
 * @param end not before {@code begin}
 */
public record RowWindows(long[] times, long[] begin, long[] end) {
  /** The place of the row at a time, negative where there is none. */
  int row(long time) {
    return Arrays.binarySearch(times, time);
  }
}

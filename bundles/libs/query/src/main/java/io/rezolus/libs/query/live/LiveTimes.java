package io.rezolus.libs.query.live;

import java.util.Arrays;

/** Times of the snapshots held, by their number since the start; old ones are forgotten. */
final class LiveTimes {
  private long[] times = new long[256];
  private long first;
  private int size;

  /** Number of the oldest snapshot held. */
  long first() {
    return first;
  }

  /** Number that the next snapshot gets. */
  long next() {
    return first + size;
  }

  /** Time of a snapshot held, ns since the epoch. */
  long time(long number) {
    return times[(int) (number - first)];
  }

  void add(long time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
    }
    times[size++] = time;
  }

  /** Forgets all before {@code number}. */
  void forget(long number) {
    int gone = (int) (number - first);
    System.arraycopy(times, gone, times, 0, size - gone);
    size -= gone;
    first = number;
  }

  /** Forgets {@code number} and all after it, whose numbers are given anew. */
  void drop(long number) {
    size = (int) (number - first);
  }

  /** Number of the first snapshot held that is later than {@code time}, or the next one. */
  long after(long time) {
    int at = Arrays.binarySearch(times, 0, size, time);
    return first + (at < 0 ? -at - 1 : at + 1);
  }

  long bytes() {
    return 8L * times.length;
  }
}

package io.rezolus.libs.query;

import java.util.Arrays;

/**
 * Evaluation times, ns since the epoch.
 *
 * @param step distance of the times, 0 for one time
 * @param end what was asked for as the end; the last time may be before it
 */
record StepGrid(long start, long step, int count, long end) {
  static StepGrid instant(long time) {
    return new StepGrid(time, 0, 1, time);
  }

  static StepGrid range(long start, long end, long step) {
    return new StepGrid(start, step, (int) ((end - start) / step) + 1, end);
  }

  long time(int i) {
    return start + i * step;
  }

  long[] times() {
    long[] out = new long[count];
    Arrays.setAll(out, this::time);
    return out;
  }

  long last() {
    return time(count - 1);
  }
}

package io.rezolus.libs.query.json;

import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.util.Arrays;
import java.util.List;

/**
 * Points as {@code [<seconds>,"<value>"]}: this is where the time of a large answer goes. Series of
 * an answer have the same times, mostly, so what is between two values is made once and then
 * copied. Threads may share it.
 */
final class PointText {
  /** Bytes that a point may touch. */
  static final int ROOM = 8 + TimeText.ROOM + DecimalText.ROOM;

  private static final int BYTES = 8;

  /**
   * Most words between two values: an end, a bracket, ten digits, nine of a fraction, sign, point,
   * comma and quote.
   */
  private static final int WORDS_MAX = 4;

  private final long[] times;
  private final long[] words;
  private final byte[] lengths;

  /** Words of each that say something. */
  private int used = 2;

  private PointText(long[] times) {
    this.times = times;
    words = new long[WORDS_MAX * times.length];
    lengths = new byte[times.length];
    byte[] text = new byte[ROOM];
    for (int i = 0; i < times.length; i++) {
      lengths[i] = (byte) between(text, 0, times[i]);
      if (lengths[i] > used * BYTES) {
        used = WORDS_MAX;
      }
      for (int w = 0; w < WORDS_MAX; w++) {
        words[WORDS_MAX * i + w] = (long) Digits.WORD.get(text, BYTES * w);
      }
    }
  }

  /** For series of an answer, by the times of the longest. */
  static PointText of(List<QueryResult.Series> series) {
    Samples longest = null;
    for (QueryResult.Series one : series) {
      if (longest == null || longest.size() < one.samples().size()) {
        longest = one.samples();
      }
    }
    // the times of a single series are copied no more than they are made
    long[] times = new long[series.size() > 1 ? longest.size() : 0];
    for (int i = 0; i < times.length; i++) {
      times[i] = longest.time(i);
    }
    return new PointText(times);
  }

  /**
   * Writes points without the end of the last.
   *
   * @param out has {@link #ROOM} for each
   * @param from the first of them; if this is not 0, the end of the one before it is written too
   * @return the place behind the last value
   */
  int write(byte[] out, int at, Samples samples, int from, int to) {
    if (from == 0) {
      int end = DecimalText.write(out, start(out, at, samples.time(0)), samples.value(0));
      return write(out, end, samples, 1, to);
    }
    int known = from < to ? Arrays.binarySearch(times, samples.time(from)) : 0;
    return known >= 0 && same(samples, from, to, known)
        ? copied(out, at, samples, from, to, known)
        : made(out, at, samples, from, to);
  }

  private boolean same(Samples samples, int from, int to, int known) {
    if (times.length - known < to - from) {
      return false;
    }
    long difference = 0;
    for (int i = from; i < to; i++) {
      difference |= samples.time(i) ^ times[known - from + i];
    }
    return difference == 0;
  }

  private int copied(byte[] out, int at, Samples samples, int from, int to, int known) {
    int end = at;
    for (int i = from, t = known; i < to; i++, t++) {
      Digits.WORD.set(out, end, words[WORDS_MAX * t]);
      Digits.WORD.set(out, end + BYTES, words[WORDS_MAX * t + 1]);
      if (used > 2) {
        Digits.WORD.set(out, end + 2 * BYTES, words[WORDS_MAX * t + 2]);
        Digits.WORD.set(out, end + 3 * BYTES, words[WORDS_MAX * t + 3]);
      }
      end = DecimalText.write(out, end + lengths[t], samples.value(i));
    }
    return end;
  }

  private static int made(byte[] out, int at, Samples samples, int from, int to) {
    int end = at;
    for (int i = from; i < to; i++) {
      end = DecimalText.write(out, between(out, end, samples.time(i)), samples.value(i));
    }
    return end;
  }

  private static int between(byte[] out, int at, long time) {
    out[at] = '"';
    out[at + 1] = ']';
    out[at + 2] = ',';
    return start(out, at + 3, time);
  }

  private static int start(byte[] out, int at, long time) {
    out[at] = '[';
    int end = TimeText.write(out, at + 1, time);
    out[end] = ',';
    out[end + 1] = '"';
    return end + 2;
  }
}

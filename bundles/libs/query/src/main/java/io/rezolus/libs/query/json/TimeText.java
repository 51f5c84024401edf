package io.rezolus.libs.query.json;

/**
 * Writes times in seconds: whole ones without a point, else milliseconds, else as many of nine
 * digits as there are.
 */
final class TimeText {
  /** Bytes that a time may touch, longer than any. */
  static final int ROOM = 48;

  private static final long SECOND = 1_000_000_000L;
  private static final int NANO_PLACES = 9;

  private TimeText() {}

  /**
   * Writes a time.
   *
   * @param out has {@link #ROOM}; some bytes behind the time may be overwritten
   * @return the place behind it
   */
  static int write(byte[] out, int at, long nanos) {
    int start = at;
    long seconds = nanos / SECOND;
    int rest = (int) (nanos - seconds * SECOND);
    if (nanos < 0) {
      out[start++] = '-';
      seconds = -seconds;
      rest = -rest;
    }
    int end = Digits.write(out, start, seconds);
    if (rest == 0) {
      return end;
    }
    int places = rest % 1_000_000 == 0 ? 3 : rest % 1000 == 0 ? 6 : NANO_PLACES;
    if (nanos < 0) {
      // as few as there are
      int last = end + NANO_PLACES;
      fraction(out, end, rest, NANO_PLACES);
      while (out[last] == '0') {
        last--;
      }
      return last + 1;
    }
    return fraction(
        out, end, places == 3 ? rest / 1_000_000 : places == 6 ? rest / 1000 : rest, places);
  }

  private static int fraction(byte[] out, int at, int value, int places) {
    out[at] = '.';
    for (int i = places, v = value; i > 0; i--, v /= 10) {
      out[at + i] = (byte) ('0' + v % 10);
    }
    return at + 1 + places;
  }
}

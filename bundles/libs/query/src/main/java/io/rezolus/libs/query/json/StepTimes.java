package io.rezolus.libs.query.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The bytes in front of each value; all series of an answer have the same times, mostly. */
final class StepTimes {
  /** Room for one: a bracket, ten digits and nine of a fraction, point, comma and quote. */
  private static final int STRIDE = 24;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final JsonBytes writer = new JsonBytes(text);
  private long[] times = new long[256];
  private byte[] lengths = new byte[256];
  private byte[] prefixes = new byte[256 * STRIDE];

  /**
   * Writes {@code [<seconds>,"} for row {@code i}.
   *
   * @param out has room for a time of any length
   * @return the place behind it
   */
  int write(byte[] out, int at, int i, long time) throws IOException {
    if (i >= times.length) {
      int size = Math.max(i + 1, 2 * times.length);
      times = Arrays.copyOf(times, size);
      lengths = Arrays.copyOf(lengths, size);
      prefixes = Arrays.copyOf(prefixes, STRIDE * size);
    }
    if (lengths[i] == 0 || times[i] != time) {
      text.reset();
      writer.raw('[').time(time).raw(",\"").flush();
      byte[] prefix = text.toByteArray();
      if (prefix.length > STRIDE) {
        System.arraycopy(prefix, 0, out, at, prefix.length);
        return at + prefix.length;
      }
      System.arraycopy(prefix, 0, prefixes, STRIDE * i, prefix.length);
      lengths[i] = (byte) prefix.length;
      times[i] = time;
    }
    // as long a copy each time, which is cheaper than an exact one
    System.arraycopy(prefixes, STRIDE * i, out, at, STRIDE);
    return at + lengths[i];
  }
}

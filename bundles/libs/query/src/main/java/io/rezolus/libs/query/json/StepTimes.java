package io.rezolus.libs.query.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The bytes in front of each value; all series of an answer have the same times, mostly. */
final class StepTimes {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final JsonBytes writer = new JsonBytes(text);
  private long[] times = new long[256];
  private byte[][] prefixes = new byte[256][];

  /** Writes {@code [<seconds>,"} for row {@code i}. */
  void write(JsonBytes json, int i, long time) throws IOException {
    if (i >= times.length) {
      int size = Math.max(i + 1, 2 * times.length);
      times = Arrays.copyOf(times, size);
      prefixes = Arrays.copyOf(prefixes, size);
    }
    if (prefixes[i] == null || times[i] != time) {
      text.reset();
      writer.raw('[').time(time).raw(",\"").flush();
      prefixes[i] = text.toByteArray();
      times[i] = time;
    }
    json.raw(prefixes[i]);
  }
}

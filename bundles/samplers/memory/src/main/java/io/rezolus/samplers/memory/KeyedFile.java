package io.rezolus.samplers.memory;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A kernel file of lines {@code key value} or {@code key: value unit}, opened once and read again
 * from its start at every reading. Reading allocates nothing once the buffer fits the file.
 *
 * <p>{@link RandomAccessFile} rather than a channel: an interrupt closes a channel for good.
 */
final class KeyedFile implements Closeable {
  /** What {@link #read} leaves for a key that the file does not have. */
  static final long ABSENT = -1;

  private final RandomAccessFile file;
  private final byte[][] keys;
  private byte[] buffer = new byte[8192];

  /**
   * @param keys the wanted keys, without a colon
   */
  KeyedFile(Path path, List<String> keys) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    this.keys =
        keys.stream().map(key -> key.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
  }

  /**
   * Reads the file.
   *
   * @param values receives the value of each key by its position, {@link #ABSENT} where it is
   *     missing or no number
   */
  void read(long[] values) throws IOException {
    int length = load();
    Arrays.fill(values, ABSENT);
    int start = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || buffer[i] == '\n') {
        line(start, i, values);
        start = i + 1;
      }
    }
  }

  private int load() throws IOException {
    file.seek(0);
    int length = 0;
    for (; ; ) {
      int count = file.read(buffer, length, buffer.length - length);
      if (count < 0) {
        return length;
      }
      length += count;
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
  }

  private void line(int start, int end, long[] values) {
    int keyEnd = start;
    while (keyEnd < end && buffer[keyEnd] != ':' && buffer[keyEnd] != ' ') {
      keyEnd++;
    }
    for (int k = 0; k < keys.length; k++) {
      if (Arrays.equals(buffer, start, keyEnd, keys[k], 0, keys[k].length)) {
        values[k] = number(keyEnd, end);
        return;
      }
    }
  }

  private long number(int from, int end) {
    int i = from;
    while (i < end && (buffer[i] == ':' || buffer[i] == ' ')) {
      i++;
    }
    int first = i;
    long value = 0;
    while (i < end && buffer[i] >= '0' && buffer[i] <= '9') {
      value = value * 10 + (buffer[i++] - '0');
    }
    return i == first ? ABSENT : value;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

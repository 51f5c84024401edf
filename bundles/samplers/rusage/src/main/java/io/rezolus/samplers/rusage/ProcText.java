package io.rezolus.samplers.rusage;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A small file of {@code /proc}, opened once and read again from its start at every reading.
 * Neither reading nor looking up a number allocates.
 */
final class ProcText implements Closeable {
  static final long ABSENT = -1;

  private final RandomAccessFile file;
  private final byte[] text;
  private int length;

  /**
   * @param capacity bytes kept of the file, more than it ever has
   */
  ProcText(Path path, int capacity) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    text = new byte[capacity];
  }

  void load() throws IOException {
    file.seek(0);
    length = 0;
    int count;
    while (length < text.length && (count = file.read(text, length, text.length - length)) > 0) {
      length += count;
    }
  }

  /** The number after {@code key} at the start of a line, or {@link #ABSENT}. */
  long value(byte[] key) {
    for (int start = 0; start < length; start = lineEnd(start) + 1) {
      int end = start + key.length;
      if (end < length && Arrays.equals(text, start, end, key, 0, key.length)) {
        return number(end);
      }
    }
    return ABSENT;
  }

  /**
   * Blank-separated field {@code n} of {@code /proc/<pid>/stat}, numbered from 1 as in proc(5). The
   * second, the command in parentheses, may hold blanks, so fields are counted from its end.
   */
  long statField(int n) {
    int at = length - 1;
    while (at > 0 && text[at] != ')') {
      at--;
    }
    for (int field = 2; field < n && at < length; field++) {
      at++;
      while (at < length && text[at] != ' ') {
        at++;
      }
    }
    return number(at);
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < length && text[at] != '\n') {
      at++;
    }
    return at;
  }

  private long number(int from) {
    int at = from;
    while (at < length && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    int first = at;
    long value = 0;
    while (at < length && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + (text[at++] - '0');
    }
    return at == first ? ABSENT : value;
  }

  static byte[] key(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

package io.rezolus.libs.query.json;

import io.rezolus.libs.query.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON as bytes, written straight into a stream. Numbers are written without a string for each;
 * putting commas in place is the caller's business.
 */
public final class JsonBytes {
  private static final int SIZE = 1 << 16;

  /** Points that are written without a look at what is left of the buffer. */
  private static final int BLOCK = 128;

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] NULL = ascii("null");

  private final OutputStream out;
  private byte[] buffer = new byte[SIZE];
  private int size;
  private long total;

  public JsonBytes(OutputStream out) {
    this.out = out;
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes written so far, those held back among them. */
  public long total() {
    return total + size;
  }

  /** Hands everything to the stream. */
  public void flush() throws IOException {
    out.write(buffer, 0, size);
    total += size;
    size = 0;
  }

  private void room(int bytes) throws IOException {
    if (buffer.length - size < bytes) {
      if (out == null) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + bytes));
        return;
      }
      flush();
      if (buffer.length < bytes) {
        buffer = new byte[bytes];
      }
    }
  }

  public JsonBytes raw(byte[] bytes) throws IOException {
    return raw(bytes, 0, bytes.length);
  }

  public JsonBytes raw(byte[] bytes, int from, int length) throws IOException {
    room(length);
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
    return this;
  }

  /** A writer that keeps everything in memory, until it is emptied into another. */
  static JsonBytes inMemory() {
    return new JsonBytes(null);
  }

  /** Takes over what another wrote into memory, which is empty afterwards. */
  JsonBytes take(JsonBytes other) throws IOException {
    flush();
    out.write(other.buffer, 0, other.size);
    total += other.size;
    other.size = 0;
    return this;
  }

  /** Text without characters that need an escape. */
  public JsonBytes raw(String text) throws IOException {
    return raw(ascii(text));
  }

  public JsonBytes raw(char c) throws IOException {
    room(1);
    buffer[size++] = (byte) c;
    return this;
  }

  /** A string in quotes. */
  public JsonBytes string(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(6 * utf8.length + 2);
    buffer[size++] = '"';
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        buffer[size++] = '\\';
        buffer[size++] = b;
      } else if (b >= 0 && b < 0x20) {
        escape(b);
      } else {
        buffer[size++] = b;
      }
    }
    buffer[size++] = '"';
    return this;
  }

  private void escape(byte b) {
    buffer[size++] = '\\';
    switch (b) {
      case '\n' -> buffer[size++] = 'n';
      case '\r' -> buffer[size++] = 'r';
      case '\t' -> buffer[size++] = 't';
      default -> {
        buffer[size++] = 'u';
        buffer[size++] = '0';
        buffer[size++] = '0';
        buffer[size++] = HEX[b >> 4];
        buffer[size++] = HEX[b & 15];
      }
    }
  }

  public JsonBytes number(long value) throws IOException {
    room(DecimalText.ROOM);
    if (value < 0) {
      buffer[size++] = '-';
    }
    // the magnitude of the smallest long is right when taken as unsigned
    size = Digits.write(buffer, size, value < 0 ? -value : value);
    return this;
  }

  /** A number as JSON has it; null where JSON has none. */
  public JsonBytes number(double value) throws IOException {
    return Double.isFinite(value) ? decimal(value) : raw(NULL);
  }

  /** A sample's value as Prometheus writes it, without the quotes around it. */
  public JsonBytes decimal(double value) throws IOException {
    room(DecimalText.ROOM);
    size = DecimalText.write(buffer, size, value);
    return this;
  }

  /** Points of a series of numbers, all but the first after a comma. */
  void points(Samples samples, PointText text) throws IOException {
    int n = samples.size();
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      room((to - from) * PointText.ROOM);
      size = text.write(buffer, size, samples, from, to);
    }
    if (n > 0) {
      raw("\"]");
    }
  }

  /**
   * A time in ns as seconds: whole ones without a point, else milliseconds, else as many of nine
   * digits as there are.
   */
  public JsonBytes time(long nanos) throws IOException {
    room(TimeText.ROOM);
    size = TimeText.write(buffer, size, nanos);
    return this;
  }
}

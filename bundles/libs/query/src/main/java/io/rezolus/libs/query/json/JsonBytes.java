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

  /** Longest number: 325 digits of the smallest double and a point, sign and quotes. */
  private static final int LONGEST = 400;

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] NAN = ascii("NaN");
  private static final byte[] POSITIVE = ascii("+Inf");
  private static final byte[] NEGATIVE = ascii("-Inf");
  private static final byte[] NULL = ascii("null");

  private final OutputStream out;
  private final DecimalDigits decimal = new DecimalDigits();
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
    room(LONGEST);
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
    if (!Double.isFinite(value)) {
      return raw(Double.isNaN(value) ? NAN : value > 0 ? POSITIVE : NEGATIVE);
    }
    room(LONGEST);
    if (Double.doubleToRawLongBits(value) < 0) {
      buffer[size++] = '-';
    }
    double magnitude = Math.abs(value);
    long whole = (long) magnitude;
    if (whole < 1L << 53 && whole == magnitude) {
      size = Digits.write(buffer, size, whole);
      return this;
    }
    decimal.of(magnitude);
    long digits = decimal.digits();
    int exponent = decimal.exponent();
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    // one place is left free in front for a digit or zero to move into
    int start = size + 1;
    int count = Digits.write(buffer, start, digits) - start;
    if (magnitude < 1e-6 || magnitude >= 1e21) {
      scientific(start, count, exponent + count - 1);
    } else {
      plain(start, count, exponent);
    }
    return this;
  }

  /** Puts a point into digits at {@code start} where {@code exponent} has it. */
  private void plain(int start, int count, int exponent) {
    int whole = count + exponent;
    if (whole > 0) {
      int before = Math.min(whole, count);
      for (int i = 0; i < before; i++) {
        buffer[size + i] = buffer[start + i];
      }
      size += before;
      zeros(exponent);
      if (exponent < 0) {
        buffer[size] = '.';
        size = start + count;
      }
    } else {
      System.arraycopy(buffer, start, buffer, size + 2 - whole, count);
      buffer[size++] = '0';
      buffer[size++] = '.';
      zeros(-whole);
      size += count;
    }
  }

  private void scientific(int start, int count, int exponent) {
    buffer[size++] = buffer[start];
    if (count > 1) {
      buffer[size] = '.';
      size = start + count;
    }
    buffer[size++] = 'e';
    buffer[size++] = (byte) (exponent < 0 ? '-' : '+');
    int e = Math.abs(exponent);
    if (e < 10) {
      buffer[size++] = '0';
    }
    size = Digits.write(buffer, size, e);
  }

  private void zeros(int count) {
    for (int i = 0; i < count; i++) {
      buffer[size++] = '0';
    }
  }

  /**
   * Points of a series of numbers, all but the first after a comma: this is where the time of a
   * large answer goes.
   */
  void points(Samples samples, StepTimes times) throws IOException {
    int n = samples.size();
    for (int i = 0; i < n; i++) {
      room(LONGEST);
      size = times.write(buffer, size, i, samples.time(i));
      decimal(samples.value(i));
      buffer[size] = '"';
      buffer[size + 1] = ']';
      buffer[size + 2] = ',';
      size += 3;
    }
    if (n > 0) {
      size--;
    }
  }

  /**
   * A time in ns as seconds: whole ones without a point, else milliseconds, else as many of nine
   * digits as there are.
   */
  public JsonBytes time(long nanos) throws IOException {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    int rest = (int) Math.floorMod(nanos, 1_000_000_000L);
    if (seconds < 0 && rest > 0) {
      return raw(java.math.BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString());
    }
    number(seconds);
    if (rest == 0) {
      return this;
    }
    int places = rest % 1_000_000 == 0 ? 3 : rest % 1000 == 0 ? 6 : 9;
    int fraction = places == 3 ? rest / 1_000_000 : places == 6 ? rest / 1000 : rest;
    room(LONGEST);
    buffer[size++] = '.';
    for (int i = places - 1; i >= 0; i--) {
      buffer[size + i] = (byte) ('0' + fraction % 10);
      fraction /= 10;
    }
    size += places;
    return this;
  }
}

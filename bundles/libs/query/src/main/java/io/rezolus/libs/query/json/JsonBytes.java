package io.rezolus.libs.query.json;

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
  private static final byte[] PAIRS = pairs();

  private final OutputStream out;
  private final DecimalDigits decimal = new DecimalDigits();
  private final byte[] scratch = new byte[24];
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
    int start = digits(value < 0 ? -value : value);
    copy(start, scratch.length - start);
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
    if (magnitude < 1L << 53 && (long) magnitude == magnitude) {
      int start = digits((long) magnitude);
      copy(start, scratch.length - start);
      return this;
    }
    decimal.of(magnitude);
    long digits = decimal.digits();
    int exponent = decimal.exponent();
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    int start = digits(digits);
    int count = scratch.length - start;
    if (magnitude < 1e-6 || magnitude >= 1e21) {
      scientific(start, count, exponent + count - 1);
    } else {
      plain(start, count, exponent);
    }
    return this;
  }

  /** Digits, with a point where {@code exponent} puts it. */
  private void plain(int start, int count, int exponent) {
    int whole = count + exponent;
    if (exponent >= 0) {
      copy(start, count);
      zeros(exponent);
    } else if (whole > 0) {
      copy(start, whole);
      buffer[size++] = '.';
      copy(start + whole, count - whole);
    } else {
      buffer[size++] = '0';
      buffer[size++] = '.';
      zeros(-whole);
      copy(start, count);
    }
  }

  private void scientific(int start, int count, int exponent) {
    buffer[size++] = scratch[start];
    if (count > 1) {
      buffer[size++] = '.';
      copy(start + 1, count - 1);
    }
    buffer[size++] = 'e';
    buffer[size++] = (byte) (exponent < 0 ? '-' : '+');
    int e = Math.abs(exponent);
    if (e < 10) {
      buffer[size++] = '0';
    }
    int from = digits(e);
    copy(from, scratch.length - from);
  }

  private void zeros(int count) {
    Arrays.fill(buffer, size, size + count, (byte) '0');
    size += count;
  }

  private void copy(int start, int count) {
    System.arraycopy(scratch, start, buffer, size, count);
    size += count;
  }

  /** Puts a number's digits at the end of the scratch; returns where they begin. */
  private int digits(long value) {
    int at = scratch.length;
    long rest = value;
    while (rest >= 100) {
      int pair = (int) (rest % 100) << 1;
      rest /= 100;
      scratch[--at] = PAIRS[pair + 1];
      scratch[--at] = PAIRS[pair];
    }
    if (rest >= 10) {
      int pair = (int) rest << 1;
      scratch[--at] = PAIRS[pair + 1];
      scratch[--at] = PAIRS[pair];
    } else {
      scratch[--at] = (byte) ('0' + rest);
    }
    return at;
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

  private static byte[] pairs() {
    byte[] out = new byte[200];
    for (int i = 0; i < 100; i++) {
      out[2 * i] = (byte) ('0' + i / 10);
      out[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return out;
  }
}

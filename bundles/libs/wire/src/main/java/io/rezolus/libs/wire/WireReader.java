package io.rezolus.libs.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads single msgpack values from bytes nobody has vouched for. It accepts numbers of any width
 * and reserves memory only for bytes that are there. It never descends by itself, so nesting is
 * bounded by the grammar of its caller.
 */
final class WireReader {
  private static final int CHUNK = 8192;
  private static final int STREAM_BUFFER = 1 << 18;

  private final InputStream in;
  private final long maxBytes;
  private byte[] buffer;
  private int position;
  private int limit;
  private long consumedBefore;
  private long start;

  /** Reads an array; nothing beyond it. */
  WireReader(byte[] bytes) {
    this.in = null;
    this.buffer = bytes;
    this.limit = bytes.length;
    this.maxBytes = bytes.length;
  }

  /**
   * Reads a stream.
   *
   * @param maxBytes most bytes between two calls of {@link #mark}
   */
  WireReader(InputStream in, long maxBytes) {
    this.in = in;
    this.buffer = new byte[STREAM_BUFFER];
    this.maxBytes = maxBytes;
  }

  /** Starts counting offsets and the size limit anew. */
  void mark() {
    start = consumedBefore + position;
  }

  long offset() {
    return consumedBefore + position - start;
  }

  boolean atEnd() throws IOException {
    return position == limit && !fill();
  }

  WireException failure(String problem) {
    return new WireException(offset(), problem);
  }

  /** Consumes a nil, if one is next. */
  boolean nil() throws IOException {
    if (peek() != 0xc0) {
      return false;
    }
    position++;
    return true;
  }

  /** Consumes {@code expected}, if exactly those bytes are next and have been read already. */
  boolean skip(byte[] expected) {
    int end = position + expected.length;
    if (expected.length > limit - position
        || !Arrays.equals(buffer, position, end, expected, 0, expected.length)) {
      return false;
    }
    position = end;
    return true;
  }

  int array() throws IOException {
    int type = next();
    return switch (type >= 0x90 && type <= 0x9f ? 0x90 : type) {
      case 0x90 -> type & 0x0f;
      case 0xdc -> count(bytes(2));
      case 0xdd -> count(bytes(4));
      default -> throw unexpected(type, "an array");
    };
  }

  /** An array of exactly {@code elements}. */
  void array(int elements, String what) throws IOException {
    int found = array();
    if (found != elements) {
      throw failure(what + " of " + found + " elements, expected " + elements);
    }
  }

  int map() throws IOException {
    int type = next();
    return switch (type >= 0x80 && type <= 0x8f ? 0x80 : type) {
      case 0x80 -> type & 0x0f;
      case 0xde -> count(bytes(2));
      case 0xdf -> count(bytes(4));
      default -> throw unexpected(type, "a map");
    };
  }

  /** A number of 0 to 2^64 - 1. */
  long unsigned() throws IOException {
    int type = next();
    if (type < 0x80) {
      return type;
    }
    long value = number(type);
    if (value < 0 && type != 0xcf) {
      throw failure(value + ": expected an unsigned number");
    }
    return value;
  }

  /** A number of -2^63 to 2^63 - 1. */
  long signed() throws IOException {
    int type = next();
    long value = number(type);
    if (value < 0 && type == 0xcf) {
      throw failure(Long.toUnsignedString(value) + ": exceeds a signed number");
    }
    return value;
  }

  String string() throws IOException {
    int type = next();
    long length =
        switch (type >= 0xa0 && type <= 0xbf ? 0xa0 : type) {
          case 0xa0 -> type & 0x1f;
          case 0xd9 -> bytes(1);
          case 0xda -> bytes(2);
          case 0xdb -> bytes(4);
          default -> throw unexpected(type, "a string");
        };
    byte[] utf8 = payload(count(length));
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      throw failure("a string that is not UTF-8");
    }
  }

  private long number(int type) throws IOException {
    if (type < 0x80 || type >= 0xe0) {
      return (byte) type;
    }
    return switch (type) {
      case 0xcc -> bytes(1);
      case 0xcd -> bytes(2);
      case 0xce -> bytes(4);
      case 0xcf, 0xd3 -> bytes(8);
      case 0xd0 -> (byte) bytes(1);
      case 0xd1 -> (short) bytes(2);
      case 0xd2 -> (int) bytes(4);
      default -> throw unexpected(type, "a number");
    };
  }

  /** Refuses counts that the rest of the input cannot hold, each element being a byte or more. */
  private int count(long count) throws WireException {
    long left = in == null ? limit - position : Math.min(maxBytes - offset(), Integer.MAX_VALUE);
    if (count > left) {
      throw failure(count + " elements announced where at most " + left + " bytes follow");
    }
    return (int) count;
  }

  private byte[] payload(int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, CHUNK)];
    int done = 0;
    while (done < length) {
      if (position == limit && !fill()) {
        throw truncated();
      }
      int part = Math.min(length - done, limit - position);
      if (done + part > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(2 * bytes.length, done + part)));
      }
      System.arraycopy(buffer, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  private long bytes(int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | next();
    }
    return value;
  }

  private int next() throws IOException {
    int value = peek();
    position++;
    return value;
  }

  private int peek() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    if (in != null && offset() >= maxBytes) {
      throw failure("a snapshot of more than " + maxBytes + " bytes");
    }
    return buffer[position] & 0xff;
  }

  private boolean fill() throws IOException {
    if (in == null) {
      return false;
    }
    int read;
    try {
      read = in.read(buffer, 0, buffer.length);
    } catch (EOFException e) {
      throw truncated(); // a compressed stream that ends inside of a frame
    }
    if (read <= 0) {
      return false;
    }
    consumedBefore += limit;
    position = 0;
    limit = read;
    return true;
  }

  private WireException truncated() {
    return failure("cut off");
  }

  private WireException unexpected(int type, String expected) {
    return failure(String.format("found type 0x%02x, expected %s", type, expected));
  }
}

package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the msgpack values of one stored row. Counts are bounded by the bytes that follow, each
 * element being one at least.
 */
final class RowReader {
  private static final int MAX_DEPTH = 16;

  private final ByteBuffer in;

  RowReader(byte[] row) {
    in = ByteBuffer.wrap(row);
  }

  int position() {
    return in.position();
  }

  void position(int position) {
    in.position(position);
  }

  boolean atEnd() {
    return !in.hasRemaining();
  }

  /** Whether an array comes next. */
  boolean isArray() throws IOException {
    int type = peek();
    return type >= 0x90 && type <= 0x9f || type == 0xdc || type == 0xdd;
  }

  /** Whether a text comes next. */
  boolean isString() throws IOException {
    int type = peek();
    return type >= 0xa0 && type <= 0xbf || type >= 0xd9 && type <= 0xdb;
  }

  /** Consumes a nil, if one is next. */
  boolean nil() throws IOException {
    if (peek() != 0xc0) {
      return false;
    }
    in.position(in.position() + 1);
    return true;
  }

  int array() throws IOException {
    int type = next();
    if (type >= 0x90 && type <= 0x9f) {
      return count(type & 0x0f);
    }
    return switch (type) {
      case 0xdc -> count(bytes(2));
      case 0xdd -> count(bytes(4));
      default -> throw unexpected(type, "an array");
    };
  }

  /** An array of exactly {@code elements}. */
  void array(int elements) throws IOException {
    int found = array();
    if (found != elements) {
      throw new IOException(found + " elements, expected " + elements);
    }
  }

  int map() throws IOException {
    int type = next();
    if (type >= 0x80 && type <= 0x8f) {
      return count(type & 0x0f);
    }
    return switch (type) {
      case 0xde -> count(bytes(2));
      case 0xdf -> count(bytes(4));
      default -> throw unexpected(type, "a map");
    };
  }

  /** A number of 0 to 2^64 - 1. */
  long unsigned() throws IOException {
    int type = next();
    long value = number(type);
    if (value < 0 && type != 0xcf) {
      throw new IOException(value + ": expected an unsigned number");
    }
    return value;
  }

  /** A number of -2^63 to 2^63 - 1. */
  long signed() throws IOException {
    int type = next();
    long value = number(type);
    if (value < 0 && type == 0xcf) {
      throw new IOException(Long.toUnsignedString(value) + ": exceeds a signed number");
    }
    return value;
  }

  String string() throws IOException {
    int type = next();
    long length;
    if (type >= 0xa0 && type <= 0xbf) {
      length = type & 0x1f;
    } else {
      length =
          switch (type) {
            case 0xd9 -> bytes(1);
            case 0xda -> bytes(2);
            case 0xdb -> bytes(4);
            default -> throw unexpected(type, "a text");
          };
    }
    byte[] utf8 = new byte[count(length)];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Passes over the next value, whatever it is. */
  void skip() throws IOException {
    skip(0);
  }

  private void skip(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("nested too deeply");
    }
    int type = peek();
    if (isArray()) {
      for (int i = array(); i > 0; i--) {
        skip(depth + 1);
      }
    } else if (type >= 0x80 && type <= 0x8f || type == 0xde || type == 0xdf) {
      for (int i = map(); i > 0; i--) {
        skip(depth + 1);
        skip(depth + 1);
      }
    } else if (isString()) {
      string();
    } else if (!nil()) {
      number(next());
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

  private int count(long count) throws IOException {
    if (count > in.remaining()) {
      throw new IOException(count + " elements announced, " + in.remaining() + " bytes follow");
    }
    return (int) count;
  }

  private long bytes(int count) throws IOException {
    if (in.remaining() < count) {
      throw new IOException("cut off");
    }
    return switch (count) {
      case 1 -> in.get() & 0xff;
      case 2 -> in.getShort() & 0xffff;
      case 4 -> in.getInt() & 0xffff_ffffL;
      default -> in.getLong();
    };
  }

  private int next() throws IOException {
    return (int) bytes(1);
  }

  private int peek() throws IOException {
    if (!in.hasRemaining()) {
      throw new IOException("cut off");
    }
    return in.get(in.position()) & 0xff;
  }

  private static IOException unexpected(int type, String expected) {
    return new IOException(String.format("found type 0x%02x, expected %s", type, expected));
  }
}

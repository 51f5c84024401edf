package io.rezolus.libs.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A growing byte array to which msgpack values are appended in their shortest form. Cleared and
 * used again it keeps its capacity. Not thread safe.
 */
public final class MsgpackBuffer {
  private byte[] bytes;
  private int size;

  public MsgpackBuffer() {
    this(1024);
  }

  public MsgpackBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** Forgets the content. */
  public void clear() {
    size = 0;
  }

  /** Number of bytes appended. */
  public int size() {
    return size;
  }

  /** A copy of the content. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  public MsgpackBuffer nil() {
    return put1(0xc0);
  }

  public MsgpackBuffer array(int elements) {
    return header(elements, 0x90, 0xdc);
  }

  public MsgpackBuffer map(int entries) {
    return header(entries, 0x80, 0xde);
  }

  /** An unsigned 64-bit number. */
  public MsgpackBuffer unsigned(long value) {
    if (value >= 0 && value < 0x80) {
      return put1((int) value);
    }
    if ((value & ~0xffL) == 0) {
      return put1(0xcc).put1((int) value);
    }
    if ((value & ~0xffffL) == 0) {
      return put1(0xcd).put2((int) value);
    }
    if ((value & ~0xffff_ffffL) == 0) {
      return put1(0xce).put4((int) value);
    }
    return put1(0xcf).put8(value);
  }

  /** Unsigned 64-bit numbers one after another, most of them small. */
  MsgpackBuffer unsigned(long[] values) {
    reserve(Math.multiplyExact(values.length, 1 + Long.BYTES));
    for (long value : values) {
      if (value >= 0 && value < 0x80) {
        bytes[size++] = (byte) value;
      } else {
        unsigned(value);
      }
    }
    return this;
  }

  /** A signed 64-bit number. */
  public MsgpackBuffer signed(long value) {
    if (value >= 0) {
      return unsigned(value);
    }
    if (value >= -32) {
      return put1((int) value);
    }
    if (value >= Byte.MIN_VALUE) {
      return put1(0xd0).put1((int) value);
    }
    if (value >= Short.MIN_VALUE) {
      return put1(0xd1).put2((int) value);
    }
    if (value >= Integer.MIN_VALUE) {
      return put1(0xd2).put4((int) value);
    }
    return put1(0xd3).put8(value);
  }

  public MsgpackBuffer string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < 32) {
      put1(0xa0 | utf8.length);
    } else if (utf8.length < 0x100) {
      put1(0xd9).put1(utf8.length);
    } else if (utf8.length < 0x10000) {
      put1(0xda).put2(utf8.length);
    } else {
      put1(0xdb).put4(utf8.length);
    }
    return raw(utf8);
  }

  /** A map of strings, in the order of the map. */
  public MsgpackBuffer strings(Map<String, String> map) {
    map(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      string(entry.getKey()).string(entry.getValue());
    }
    return this;
  }

  /** Bytes that are msgpack already. */
  public MsgpackBuffer raw(byte[] encoded) {
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** Seconds and nanoseconds of a number of nanoseconds, as an array of both. */
  MsgpackBuffer time(long nanos) {
    return array(2)
        .signed(Math.floorDiv(nanos, 1_000_000_000L))
        .unsigned(Math.floorMod(nanos, 1_000_000_000L));
  }

  private MsgpackBuffer header(int count, int fix, int wide) {
    if (count < 16) {
      return put1(fix | count);
    }
    return count < 0x10000 ? put1(wide).put2(count) : put1(wide + 1).put4(count);
  }

  private MsgpackBuffer put1(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  private MsgpackBuffer put2(int value) {
    reserve(2);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
    return this;
  }

  private MsgpackBuffer put4(int value) {
    return put2(value >>> 16).put2(value);
  }

  private MsgpackBuffer put8(long value) {
    return put4((int) (value >>> 32)).put4((int) value);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max(2L * bytes.length, (long) size + more);
      if ((long) size + more > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException("a snapshot of more than 2 GiB");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}

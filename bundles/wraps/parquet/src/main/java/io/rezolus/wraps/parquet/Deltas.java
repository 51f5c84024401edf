package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes {@code DELTA_BINARY_PACKED}: the first value, then blocks of differences, which are
 * packed into as many bits as they need above the least of their block. Sums wrap around, so that
 * unsigned values and any two neighbours are possible. The bytes must have {@link RunLengths#SLACK}
 * more behind their end.
 */
final class Deltas {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Widths up to this lie in the eight bytes that begin with their first bit. */
  private static final int WIDTH_ONE_READ = 57;

  private final byte[] bytes;
  private final int end;
  private int at;

  private Deltas(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * Decodes the first {@code count} values.
   *
   * @throws IOException when there are fewer, or they contradict themselves
   */
  static void decode(byte[] bytes, int from, int end, long[] target, int count) throws IOException {
    if (count > 0) {
      new Deltas(bytes, from, end).decode(target, count);
    }
  }

  private void decode(long[] target, int count) throws IOException {
    long block = varint();
    long miniBlocks = varint();
    // any multiple of a byte, though only multiples of 32 values are allowed
    if (miniBlocks <= 0 || block <= 0 || block > 1 << 24 || block % (8 * miniBlocks) != 0) {
      throw new IOException("differences in blocks of " + block + " in " + miniBlocks + " parts");
    }
    long total = varint();
    if (total < count) {
      throw new IOException(total + " differences for " + count + " values");
    }
    int size = (int) (block / miniBlocks);
    long value = zigzag();
    target[0] = value;
    for (int done = 1; done < count; ) {
      long least = zigzag();
      int widths = at;
      at += (int) miniBlocks;
      if (at > end) {
        throw new IOException("a page that is cut off");
      }
      for (int i = 0; i < miniBlocks && done < count; i++) {
        int n = Math.min(size, count - done);
        value = unpack(bytes[widths + i] & 0xFF, least, value, target, done, n);
        // the last one may be cut short where its numbers are not needed
        at = (int) Math.min(end, at + (long) size * (bytes[widths + i] & 0xFF) / 8);
        done += n;
      }
    }
  }

  /** Adds up {@code n} differences and returns the last sum. */
  private long unpack(int width, long least, long before, long[] target, int from, int n)
      throws IOException {
    if (width > Long.SIZE || (long) n * width > 8L * (end - at)) {
      throw new IOException("a page that is cut off");
    }
    long value = before;
    if (width == 0) {
      for (int i = from; i < from + n; i++) {
        value += least;
        target[i] = value;
      }
      return value;
    }
    long bit = 8L * at;
    long mask = -1L >>> Long.SIZE - width;
    for (int i = from; i < from + n; i++, bit += width) {
      int position = (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long packed = (long) LONG.get(bytes, position) >>> shift;
      if (width > WIDTH_ONE_READ && shift > 0) {
        packed |= (bytes[position + 8] & 0xFFL) << Long.SIZE - shift;
      }
      value += least + (packed & mask);
      target[i] = value;
    }
    return value;
  }

  private long zigzag() throws IOException {
    long number = varint();
    return number >>> 1 ^ -(number & 1);
  }

  private long varint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        throw new IOException("a page that is cut off");
      }
      byte part = bytes[at++];
      number |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw new IOException("a number of more than 10 bytes in a page");
  }
}

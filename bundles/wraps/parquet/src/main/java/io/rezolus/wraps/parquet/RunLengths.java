package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes parquet's mix of repeated and bit-packed small numbers, which levels and references to a
 * dictionary are written in. The bytes must have {@link #SLACK} more behind their end.
 */
final class RunLengths {
  /** Bytes that may be read, though not used, behind the end. */
  static final int SLACK = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private final int width;
  private int at;
  private int repeats;
  private int packed;

  /**
   * @param width bits of a number, 0 to 32
   */
  RunLengths(byte[] bytes, int from, int end, int width) throws IOException {
    if (from > end || end > bytes.length - SLACK || width < 0 || width > 32) {
      throw new IOException("a page whose parts contradict each other");
    }
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.width = width;
  }

  /** Whether one run of {@code number} makes up all of {@code count} numbers; consumes nothing. */
  boolean isAll(int number, int count) throws IOException {
    int start = at;
    next();
    boolean all = packed == 0 && repeats >= count && repeated() == number;
    at = start;
    repeats = 0;
    packed = 0;
    return all;
  }

  void levels(byte[] target, int count) throws IOException {
    for (int done = 0; done < count; ) {
      next();
      if (packed > 0) {
        int n = Math.min(packed, count - done);
        long bit = (long) at << 3;
        long mask = (1L << width) - 1;
        for (int i = 0; i < n; i++, bit += width) {
          target[done + i] =
              (byte) ((long) LONG.get(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask);
        }
        done += n;
        skipPacked();
      } else {
        int n = Math.min(repeats, count - done);
        Arrays.fill(target, done, done + n, (byte) repeated());
        done += n;
      }
    }
  }

  /** Looks up numbers in a dictionary. */
  void look(long[] dictionary, long[] target, int offset, int count) throws IOException {
    try {
      for (int done = 0; done < count; ) {
        next();
        if (packed > 0) {
          int n = Math.min(packed, count - done);
          long bit = (long) at << 3;
          long mask = (1L << width) - 1;
          for (int i = 0; i < n; i++, bit += width) {
            long number = (long) LONG.get(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask;
            target[offset + done + i] = dictionary[(int) number];
          }
          done += n;
          skipPacked();
        } else {
          int n = Math.min(repeats, count - done);
          Arrays.fill(target, offset + done, offset + done + n, dictionary[repeated()]);
          done += n;
        }
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException("a value that its dictionary does not have", e);
    }
  }

  /** Reads the head of the next run. */
  private void next() throws IOException {
    long head = 0;
    int shift = 0;
    byte part;
    do {
      if (at >= end || shift > 28) {
        throw new IOException("a page that is cut off");
      }
      part = bytes[at++];
      head |= (long) (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    repeats = 0;
    packed = 0;
    if ((head & 1) == 0) {
      repeats = (int) (head >>> 1);
      if (repeats == 0) {
        throw new IOException("a run of nothing");
      }
    } else {
      long groups = head >>> 1;
      // the last group may be cut short where its numbers are not needed
      long available = width == 0 ? groups : Math.min(groups, (end - at + width - 1L) / width);
      packed = (int) Math.min(available * 8, 1 << 30);
      if (packed == 0) {
        throw new IOException("a run of nothing");
      }
    }
  }

  private int repeated() throws IOException {
    int size = (width + 7) / 8;
    if (at + size > end) {
      throw new IOException("a page that is cut off");
    }
    int number = (int) ((long) LONG.get(bytes, at) & (1L << 8 * size) - 1);
    at += size;
    return number;
  }

  private void skipPacked() {
    at = (int) Math.min(end, at + (long) packed / 8 * width);
  }
}

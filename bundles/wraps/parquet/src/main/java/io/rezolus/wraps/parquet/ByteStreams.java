package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes {@code BYTE_STREAM_SPLIT}: the first bytes of all values, then their second bytes, and so
 * on.
 */
final class ByteStreams {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteStreams() {}

  /**
   * Decodes the first {@code count} of the values that lie in {@code bytes} up to {@code end}.
   *
   * @throws IOException when there are fewer
   */
  static void decode(byte[] bytes, int from, int end, long[] target, int count) throws IOException {
    int length = (end - from) / 8;
    if (length < count || (end - from) % 8 != 0) {
      throw new IOException(end - from + " bytes for " + count + " values");
    }
    long[] square = new long[8];
    int done = 0;
    for (; done + 8 <= count; done += 8) {
      for (int stream = 0; stream < 8; stream++) {
        square[stream] = (long) LONG.get(bytes, from + stream * length + done);
      }
      if (transpose(square)) {
        System.arraycopy(square, 0, target, done, 8);
      } else {
        Arrays.fill(target, done, done + 8, 0);
      }
    }
    for (; done < count; done++) {
      long value = 0;
      for (int stream = 0; stream < 8; stream++) {
        value |= (bytes[from + stream * length + done] & 0xFFL) << 8 * stream;
      }
      target[done] = value;
    }
  }

  /**
   * Makes columns of bytes the rows of a square of eight times eight.
   *
   * @return false where all are zero
   */
  private static boolean transpose(long[] square) {
    long any = 0;
    for (long row : square) {
      any |= row;
    }
    if (any == 0) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      swap(square, i, 4, 0x0000_0000_FFFF_FFFFL);
    }
    for (int i = 0; i < 8; i += i % 4 == 1 ? 3 : 1) {
      swap(square, i, 2, 0x0000_FFFF_0000_FFFFL);
    }
    for (int i = 0; i < 8; i += 2) {
      swap(square, i, 1, 0x00FF_00FF_00FF_00FFL);
    }
    return true;
  }

  /** Exchanges the upper parts of one row with the lower parts of another. */
  private static void swap(long[] square, int row, int distance, long lower) {
    int shift = 8 * distance;
    long change = (square[row] >>> shift ^ square[row + distance]) & lower;
    square[row + distance] ^= change;
    square[row] ^= change << shift;
  }
}

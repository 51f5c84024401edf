package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Encoding;

/**
 * An unpacked data page.
 *
 * @param bytes levels and values, and some room behind them for {@link RunLengths}
 * @param length without that room
 * @param count its values, absent ones included
 * @param encoding of the values that are present
 * @param dictionary what values refer to, where they do
 * @param repetitionBytes length of the repetition levels, {@link #SELF_DESCRIBED} or {@link
 *     #UNKNOWN}
 * @param definitionBytes the same of the definition levels
 */
record DataPage(
    byte[] bytes,
    int length,
    int count,
    Encoding encoding,
    long[] dictionary,
    int repetitionBytes,
    int definitionBytes) {
  /** Levels say their length themselves, as in pages of version 1. */
  static final int SELF_DESCRIBED = -1;

  /** Levels of another encoding, which columns that have none may claim. */
  static final int UNKNOWN = -2;

  /** Goes through the levels, which the values follow. */
  Levels levels() {
    return new Levels();
  }

  /** A position in the page. */
  final class Levels {
    private int at;

    /** The repetition levels, which columns without lists do not have. */
    RunLengths repetitions(int highest) throws IOException {
      return next(repetitionBytes, highest);
    }

    /** The definition levels, which required columns do not have. */
    RunLengths definitions(int highest) throws IOException {
      return next(definitionBytes, highest);
    }

    /** Where the values begin. */
    int end() {
      return at;
    }

    private RunLengths next(int known, int highest) throws IOException {
      if (known == UNKNOWN) {
        throw new IOException("levels in an encoding that is out of use");
      }
      int size = known;
      if (known == SELF_DESCRIBED) {
        if (length - at < 4) {
          throw new IOException("a page that is cut off");
        }
        size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        at += 4;
      }
      if (size < 0 || size > length - at) {
        throw new IOException("a page that is cut off");
      }
      int from = at;
      at += size;
      return new RunLengths(bytes, from, at, Integer.SIZE - Integer.numberOfLeadingZeros(highest));
    }
  }
}

package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes data pages apart: repetition levels, definition levels, values. */
final class PageDecoder {
  private final int repeatedLevel;
  private final int definedLevel;
  private byte[] repetitions = new byte[0];
  private byte[] definitions = new byte[0];
  private long[] values = new long[0];
  private boolean complete;
  private int at;

  /**
   * @param repeatedLevel highest repetition level of the column, 0 or 1
   * @param definedLevel highest definition level of the column, 0 to 3
   */
  PageDecoder(int repeatedLevel, int definedLevel) {
    this.repeatedLevel = repeatedLevel;
    this.definedLevel = definedLevel;
  }

  void decode(ChunkPages.DataPage page) throws IOException {
    int count = page.count();
    if (values.length < count) {
      Limits.values(count);
      repetitions = new byte[repeatedLevel == 0 ? 0 : count];
      definitions = new byte[count];
      values = new long[count];
    }
    at = 0;
    if (repeatedLevel > 0) {
      levels(page, repeatedLevel).levels(repetitions, count);
    }
    complete = definedLevel == 0;
    if (definedLevel > 0) {
      RunLengths levels = levels(page, definedLevel);
      complete = count > 0 && levels.isAll(definedLevel, count);
      if (!complete) {
        levels.levels(definitions, count);
      }
    }
    int present = complete ? count : present(count);
    if (page.dictionary() == null) {
      if (present > (page.length() - at) / 8) {
        throw new IOException("a page that is cut off");
      }
      ByteBuffer.wrap(page.bytes(), at, page.length() - at)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(values, 0, present);
    } else if (present > 0) {
      if (at >= page.length()) {
        throw new IOException("a page that is cut off");
      }
      int width = page.bytes()[at] & 0xFF;
      new RunLengths(page.bytes(), at + 1, page.length(), width)
          .look(page.dictionary(), values, 0, present);
    }
  }

  /** Whether every value of the page is present; then there are no definition levels. */
  boolean complete() {
    return complete;
  }

  int repetition(int i) {
    return repetitions[i];
  }

  int definition(int i) {
    return definitions[i];
  }

  /** The values that are present, one after another. */
  long[] values() {
    return values;
  }

  private int present(int count) {
    int present = 0;
    for (int i = 0; i < count; i++) {
      present += definitions[i] == definedLevel ? 1 : 0;
    }
    return present;
  }

  private RunLengths levels(ChunkPages.DataPage page, int highest) throws IOException {
    if (page.length() - at < 4) {
      throw new IOException("a page that is cut off");
    }
    int length = ByteBuffer.wrap(page.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    if (length < 0 || length > page.length() - at - 4) {
      throw new IOException("a page that is cut off");
    }
    int from = at + 4;
    at = from + length;
    return new RunLengths(
        page.bytes(), from, at, Integer.SIZE - Integer.numberOfLeadingZeros(highest));
  }
}

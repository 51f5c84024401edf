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

  /**
   * @param repeatedLevel highest repetition level of the column, 0 or 1
   * @param definedLevel highest definition level of the column, 0 to 3
   */
  PageDecoder(int repeatedLevel, int definedLevel) {
    this.repeatedLevel = repeatedLevel;
    this.definedLevel = definedLevel;
  }

  void decode(DataPage page) throws IOException {
    int count = page.count();
    if (values.length < count) {
      Limits.values(count);
      repetitions = new byte[repeatedLevel == 0 ? 0 : count];
      definitions = new byte[count];
      values = new long[count];
    }
    DataPage.Levels at = page.levels();
    if (repeatedLevel > 0) {
      at.repetitions(repeatedLevel).levels(repetitions, count);
    }
    complete = definedLevel == 0;
    if (definedLevel > 0) {
      RunLengths levels = at.definitions(definedLevel);
      complete = count > 0 && levels.isAll(definedLevel, count);
      if (!complete) {
        levels.levels(definitions, count);
      }
    }
    values(page, at.end(), complete ? count : present(count));
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

  private void values(DataPage page, int at, int present) throws IOException {
    if (present == 0) {
      return;
    }
    if (at >= page.length()) {
      throw new IOException("a page that is cut off");
    }
    switch (page.encoding()) {
      case PLAIN -> {
        if (present > (page.length() - at) / 8) {
          throw new IOException("a page that is cut off");
        }
        ByteBuffer.wrap(page.bytes(), at, page.length() - at)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer()
            .get(values, 0, present);
      }
      case DELTA_BINARY_PACKED -> Deltas.decode(page.bytes(), at, page.length(), values, present);
      case BYTE_STREAM_SPLIT ->
          ByteStreams.decode(page.bytes(), at, page.length(), values, present);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        int width = page.bytes()[at] & 0xFF;
        new RunLengths(page.bytes(), at + 1, page.length(), width)
            .look(page.dictionary(), values, 0, present);
      }
      default -> throw new IOException("values encoded as " + page.encoding());
    }
  }

  private int present(int count) {
    int present = 0;
    for (int i = 0; i < count; i++) {
      present += definitions[i] == definedLevel ? 1 : 0;
    }
    return present;
  }
}

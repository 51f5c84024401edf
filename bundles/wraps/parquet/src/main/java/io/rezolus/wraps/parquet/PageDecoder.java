package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.apache.parquet.format.Encoding;

/** Takes data pages apart: repetition levels, definition levels, values. */
final class PageDecoder {
  private final int repeatedLevel;
  private final int definedLevel;
  private byte[] repetitions = new byte[0];
  private byte[] definitions = new byte[0];
  private long[] decoded = new long[0];
  private LongBuffer values;
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
    if (definitions.length < count) {
      Limits.values(count);
      repetitions = new byte[repeatedLevel == 0 ? 0 : count];
      definitions = new byte[count];
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
    values = values(page, at.end(), complete ? count : present(count));
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

  /** The values that are present, one after another, until the next page. */
  LongBuffer values() {
    return values;
  }

  private LongBuffer values(DataPage page, int at, int present) throws IOException {
    if (present > 0 && at >= page.length()) {
      throw new IOException("a page that is cut off");
    }
    if (page.encoding() == Encoding.PLAIN) {
      LongBuffer plain =
          ByteBuffer.wrap(page.bytes(), at, page.length() - at)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer();
      if (present > plain.remaining()) {
        throw new IOException("a page that is cut off");
      }
      return plain;
    }
    if (decoded.length < present) {
      decoded = new long[present];
    }
    if (present > 0) {
      decode(page, at, present);
    }
    return LongBuffer.wrap(decoded, 0, present);
  }

  private void decode(DataPage page, int at, int present) throws IOException {
    switch (page.encoding()) {
      case DELTA_BINARY_PACKED -> Deltas.decode(page.bytes(), at, page.length(), decoded, present);
      case BYTE_STREAM_SPLIT ->
          ByteStreams.decode(page.bytes(), at, page.length(), decoded, present);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        int width = page.bytes()[at] & 0xFF;
        new RunLengths(page.bytes(), at + 1, page.length(), width)
            .look(page.dictionary(), decoded, 0, present);
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

package io.rezolus.wraps.parquet;

import java.io.IOException;

/**
 * Walks through a footer, or another structure in Thrift's compact protocol, before it is decoded:
 * a decoder reserves memory for as many elements as a list announces, whatever follows.
 */
final class FooterBounds {
  private static final long BYTES_MAX = 1L << 28;

  /** Memory that a decoded structure takes, at least: an object for as little as one byte. */
  private static final long STRUCT_BYTES = 160;

  private static final int DEPTH_MAX = 16;

  private final byte[] bytes;
  private int at;
  private long structs;

  private FooterBounds(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The length, if a footer of that length can be held. */
  static int length(long length) throws IOException {
    long max = Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / 8);
    if (length > max) {
      throw new IOException(
          "a parquet footer of " + length + " bytes; this process can hold " + max);
    }
    return (int) length;
  }

  /**
   * @throws IOException when it is damaged, or would not fit in memory
   */
  static void check(byte[] bytes) throws IOException {
    end(bytes, 0);
  }

  /** Checks a structure within {@code bytes} and returns where it ends. */
  static int end(byte[] bytes, int from) throws IOException {
    FooterBounds bounds = new FooterBounds(bytes);
    bounds.at = from;
    try {
      bounds.struct(0);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException("damaged parquet metadata: cut off", e);
    }
    long memory = bounds.structs * STRUCT_BYTES;
    if (memory > Runtime.getRuntime().maxMemory() / 3) {
      throw new IOException("a parquet footer of " + bounds.structs + " parts; too many to hold");
    }
    return bounds.at;
  }

  private void struct(int depth) throws IOException {
    if (depth > DEPTH_MAX) {
      throw new IOException("damaged parquet metadata: nested too deeply");
    }
    structs++;
    for (int header = bytes[at++]; header != 0; header = bytes[at++]) {
      if ((header & 0xF0) == 0) {
        varint(); // a field number that does not follow from the one before
      }
      int type = header & 0x0F;
      if (type > 2) { // the value of a boolean is its type
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) throws IOException {
    switch (type) {
      case 1, 2, 3 -> skip(1);
      case 4, 5, 6 -> varint();
      case 7 -> skip(8);
      case 8 -> skip(varint());
      case 9, 10 -> {
        int header = bytes[at++];
        long count = header >> 4 & 0x0F;
        elements(count == 15 ? varint() : count, header & 0x0F, depth);
      }
      case 12 -> struct(depth + 1);
      // 11 is a map, which no structure of parquet has
      default -> throw new IOException("damaged parquet metadata: a value of type " + type);
    }
  }

  private void elements(long count, int type, int depth) throws IOException {
    if (depth > DEPTH_MAX) {
      throw new IOException("damaged parquet metadata: nested too deeply");
    }
    if (count < 0 || count > bytes.length - at) {
      throw new IOException("damaged parquet metadata: a list of " + count + " elements");
    }
    for (long i = 0; i < count; i++) {
      value(type, depth + 1);
    }
  }

  private void skip(long count) throws IOException {
    if (count < 0 || count > bytes.length - at) {
      throw new IOException("damaged parquet metadata: a text of " + count + " bytes");
    }
    at += (int) count;
  }

  private long varint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte part = bytes[at++];
      number |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw new IOException("damaged parquet metadata: a number of more than 10 bytes");
  }
}

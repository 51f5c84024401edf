package io.rezolus.wraps.parquet;

import java.io.IOException;

/**
 * Walks through a footer, or another structure in Thrift's compact protocol, before it is decoded:
 * a decoder reserves memory for as many elements as a list announces, whatever follows.
 */
final class FooterBounds {
  private static final long BYTES_MAX = 1L << 28;

  private FooterBounds() {}

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
    CompactReader reader = new CompactReader(bytes, from);
    try {
      reader.enter();
      reader.leave();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException("damaged parquet metadata: cut off", e);
    }
    return reader.position();
  }
}

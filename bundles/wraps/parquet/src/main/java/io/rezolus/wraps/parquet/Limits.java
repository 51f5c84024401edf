package io.rezolus.wraps.parquet;

import java.io.IOException;

/** How much of the memory of this process one part of a file may take. */
final class Limits {
  private static final long PAGE_MAX = 1L << 28;

  private Limits() {}

  /** Returns {@code bytes} of a page, if they can be held. */
  static int page(long bytes) throws IOException {
    return (int) bounded(bytes, Math.min(PAGE_MAX, Runtime.getRuntime().maxMemory() / 8), "a page");
  }

  /** Returns {@code bytes} of a packed column of a row group, if they can be held. */
  static int chunk(long bytes) throws IOException {
    long max = Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / 4);
    return (int) bounded(bytes, max, "a column of a row group");
  }

  /** Checks that {@code count} values of a column of a row group can be held. */
  static void values(long count) throws IOException {
    bounded(8 * count, Runtime.getRuntime().maxMemory() / 2, "values of a column of a row group");
  }

  private static long bounded(long bytes, long max, String what) throws IOException {
    if (bytes < 0 || bytes > max) {
      throw new IOException(what + " of " + bytes + " bytes; this process can hold " + max);
    }
    return bytes;
  }
}

package io.rezolus.wraps.parquet;

import java.util.Objects;

/**
 * How the pages of a file are packed.
 *
 * @param compression codec of every page
 * @param level effort of {@link Compression#ZSTD}, 1 to 22; the other codec has none
 * @param dictionary whether repeated values are written once and referred to, where that is smaller
 * @param statistics whether the range of every column is written; otherwise only of those that have
 *     a value in every row by declaration
 */
public record WriteOptions(
    Compression compression, int level, boolean dictionary, boolean statistics) {
  /** For files that are written once and kept. */
  public static final WriteOptions CONVERSION = new WriteOptions(Compression.ZSTD, 3, true, false);

  /** For files that are made from other files, where time matters more than size. */
  public static final WriteOptions REWRITE = new WriteOptions(Compression.ZSTD, 1, true, false);

  /** For the segments of an archive, written while a recording is under way. */
  public static final WriteOptions SEGMENT = new WriteOptions(Compression.LZ4_RAW, 0, false, false);

  public WriteOptions {
    Objects.requireNonNull(compression, "compression");
    if (compression == Compression.ZSTD && (level < 1 || level > 22)) {
      throw new IllegalArgumentException("zstd level " + level);
    }
  }

  /** Codecs that recordings are written with. */
  public enum Compression {
    ZSTD,
    LZ4_RAW
  }
}

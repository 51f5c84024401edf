package io.rezolus.wraps.parquet;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How the pages of a file are compressed. */
public enum WriteOptions {
  /** For files that are kept: small. */
  CONVERSION(CompressionCodecName.ZSTD),

  /** For the segments of an archive, written while a recording is under way: cheap. */
  SEGMENT(CompressionCodecName.LZ4_RAW);

  private final CompressionCodecName codec;

  WriteOptions(CompressionCodecName codec) {
    this.codec = codec;
  }

  CompressionCodecName codec() {
    return codec;
  }
}

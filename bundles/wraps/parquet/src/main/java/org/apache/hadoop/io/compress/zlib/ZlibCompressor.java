package org.apache.hadoop.io.compress.zlib;

/** Named by signatures of parquet-java; never used. */
public class ZlibCompressor {
  /** Named by signatures of parquet-java; never used. */
  public enum CompressionLevel {}
}

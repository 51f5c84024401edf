package org.apache.hadoop.io.compress;

/** Named by signatures of parquet-java; never used. */
public class CompressionInputStream {}

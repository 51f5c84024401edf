package org.apache.hadoop.conf;

/** Named by signatures of parquet-java; never used. */
public interface Configurable {}

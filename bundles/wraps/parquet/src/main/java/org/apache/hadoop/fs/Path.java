package org.apache.hadoop.fs;

/** Named by signatures of parquet-java; never used. */
public class Path {}

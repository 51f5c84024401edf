package org.apache.hadoop.util;

/** Named by signatures of parquet-java; never used. */
public class ReflectionUtils {}

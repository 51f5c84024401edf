package org.apache.hadoop.mapreduce;

/** Named by signatures of parquet-java; never used. */
public class RecordReader<K, V> {}

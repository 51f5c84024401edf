package org.apache.hadoop.mapreduce.lib.input;

/** Named by signatures of parquet-java; never used. */
public class FileInputFormat<K, V> {}

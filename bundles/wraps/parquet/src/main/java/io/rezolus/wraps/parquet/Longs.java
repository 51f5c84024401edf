package io.rezolus.wraps.parquet;

import java.util.BitSet;

/**
 * The values of one scalar column in one row group.
 *
 * @param values one per row, unsigned or signed as the column's type says; 0 where absent
 * @param present the rows that have a value
 */
public record Longs(long[] values, BitSet present) {}

package io.rezolus.wraps.parquet;

import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/**
 * How values are encoded before they are compressed: times, counters and gauges as differences from
 * one row to the next, which are small; buckets as they are, since a codec finds most of a
 * histogram in the row before it, which differences between neighbouring buckets or references to a
 * dictionary would hide.
 */
final class ValueEncodings implements ValuesWriterFactory {
  private static final int BLOCK_VALUES = 128;
  private static final int MINI_BLOCKS = 4;
  private static final int SLAB_BYTES = 64;

  private ByteBufferAllocator allocator;
  private int pageBytes;

  @Override
  public void initialize(ParquetProperties properties) {
    allocator = properties.getAllocator();
    pageBytes = properties.getPageSizeThreshold();
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    return column.getMaxRepetitionLevel() > 0
        ? new PlainValuesWriter(SLAB_BYTES, pageBytes, allocator)
        : new DeltaBinaryPackingValuesWriterForLong(
            BLOCK_VALUES, MINI_BLOCKS, SLAB_BYTES, pageBytes, allocator);
  }
}

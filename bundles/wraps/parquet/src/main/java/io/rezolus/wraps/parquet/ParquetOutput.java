package io.rezolus.wraps.parquet;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Writes a parquet file one column of one row group at a time, so that no more than one column's
 * pages are in memory. Pages are of version 1.
 */
public final class ParquetOutput implements Closeable {
  private static final long BLOCK_BYTES = 128L << 20;

  private final ParquetProperties properties;
  private final BytesInputCompressor compressor;
  private final List<Column> columns;
  private final List<MessageType> schemas = new ArrayList<>();
  private final ParquetFileWriter file;
  private int rows;
  private int next;

  /**
   * @param path created; an existing file is replaced
   * @param columns in file order; names need not be unique
   */
  public ParquetOutput(Path path, List<Column> columns, WriteOptions options) throws IOException {
    this(new LocalOutputFile(path), columns, new PageCompressor(options), properties(columns));
  }

  /**
   * @param bytes where the file is put together
   * @param columns in file order; names need not be unique
   */
  public ParquetOutput(ByteArrayOutputStream bytes, List<Column> columns, WriteOptions options)
      throws IOException {
    this(new MemoryOutput(bytes), columns, new PageCompressor(options), properties(columns));
  }

  ParquetOutput(
      OutputFile output,
      List<Column> columns,
      BytesInputCompressor compressor,
      ParquetProperties properties)
      throws IOException {
    this.properties = properties;
    this.compressor = compressor;
    this.columns = List.copyOf(columns);
    requireNoListAmongNamesakes(columns);
    List<Type> fields = new ArrayList<>(columns.size());
    for (Column column : columns) {
      Type field = Schemas.field(column);
      fields.add(field);
      schemas.add(new MessageType("arrow_schema", field));
    }
    file =
        new ParquetFileWriter(
            output,
            new MessageType("arrow_schema", fields),
            ParquetFileWriter.Mode.OVERWRITE,
            BLOCK_BYTES,
            0,
            null,
            properties);
    file.start();
    next = columns.size();
  }

  private static ParquetProperties properties(List<Column> columns) {
    ParquetProperties.Builder properties =
        ParquetProperties.builder()
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withDictionaryEncoding(false)
            .withValuesWriterFactory(new ValueEncodings())
            .withStatisticsEnabled(false)
            .withSizeStatisticsEnabled(false)
            .withAllocator(new HeapByteBufferAllocator());
    for (Column column : columns) {
      if (column.required()) {
        // times, which readers choose row groups by
        properties.withStatisticsEnabled(column.name(), true);
      }
    }
    return properties.build();
  }

  /** Begins a row group; every column must follow in order. */
  public void startRowGroup(int rowCount) throws IOException {
    requireComplete();
    rows = rowCount;
    next = 0;
    file.startBlock(rowCount);
  }

  /**
   * Writes the next column of the row group.
   *
   * @param source makes exactly one call per row on what it is given
   */
  public void writeColumn(Consumer<Cells> source) throws IOException {
    Column column = columns.get(next);
    MessageType schema = schemas.get(next);
    ColumnDescriptor descriptor = schema.getColumns().get(0);
    try (ColumnChunkPageWriteStore pages =
            new ColumnChunkPageWriteStore(
                compressor,
                schema,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages)) {
      ColumnCells cells = new ColumnCells(column, store, store.getColumnWriter(descriptor));
      source.accept(cells);
      if (cells.rows() != rows) {
        throw new IllegalStateException(
            column.name() + ": " + cells.rows() + " values for " + rows + " rows");
      }
      store.flush();
      pages.flushToFileWriter(file);
    }
    next++;
    if (next == columns.size()) {
      file.endBlock();
    }
  }

  /**
   * Writes the footer. The file is complete, though not forced to the disk, after {@link #close}.
   */
  public void finish(Map<String, String> keyValues) throws IOException {
    requireComplete();
    try {
      file.end(keyValues);
    } catch (IOException e) {
      // a failed footer is quoted in full, every column of it: half a megabyte
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw cause == e ? e : new IOException(cause.getMessage(), e);
    }
  }

  /** Closes the file; without {@link #finish} before it, it is no parquet file. */
  @Override
  public void close() throws IOException {
    compressor.release();
    file.close();
  }

  /** Which parquet-java cannot write. */
  private static void requireNoListAmongNamesakes(List<Column> columns) throws IOException {
    Map<String, Column> seen = new HashMap<>();
    for (Column column : columns) {
      Column other = seen.put(column.name(), column);
      if (other != null
          && other.type() != column.type()
          && (other.type() == ColumnType.UINT64_LIST || column.type() == ColumnType.UINT64_LIST)) {
        throw new IOException(
            "a histogram and another column are both named \"" + column.name() + "\"");
      }
    }
  }

  private void requireComplete() {
    if (next != columns.size()) {
      throw new IllegalStateException("row group ended after " + next + " columns");
    }
  }
}

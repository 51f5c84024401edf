package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.VersionParser;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A parquet file opened for reading. Opening reads the footer and nothing else; each read of a
 * column opens the file anew, so there is nothing to close and reads may run in parallel.
 *
 * <p>parquet-java files pages under the path of their column, which two columns of one name share.
 * A column is therefore read through a view of the footer that holds that column alone.
 */
public final class ParquetFile {
  /** A row group larger than this is no recording and would not fit in memory. */
  private static final long ROWS_MAX = 16_000_000;

  private final InputFile input;
  private final String what;
  private final ParquetReadOptions options;
  private final ParquetMetadata footer;
  private final List<Column> columns;
  private final int[] firstLeaf;

  private ParquetFile(
      InputFile input, String what, ParquetReadOptions options, ParquetMetadata footer)
      throws IOException {
    this.input = input;
    this.what = what;
    this.options = options;
    this.footer = footer;
    List<Type> fields = footer.getFileMetaData().getSchema().getFields();
    List<Column> found = new ArrayList<>(fields.size());
    firstLeaf = new int[fields.size()];
    int leaf = 0;
    for (int i = 0; i < fields.size(); i++) {
      found.add(Schemas.column(fields.get(i)));
      firstLeaf[i] = leaf;
      leaf += Schemas.leaves(fields.get(i));
    }
    columns = Collections.unmodifiableList(found);
    for (BlockMetaData block : footer.getBlocks()) {
      if (block.getColumns().size() != leaf || block.getRowCount() > ROWS_MAX) {
        throw new IOException("damaged parquet footer: a row group contradicts the schema");
      }
    }
  }

  /**
   * Reads the footer.
   *
   * @throws IOException when it cannot be read or is not a parquet file
   */
  public static ParquetFile open(Path path) throws IOException {
    return open(new LocalInputFile(path), path.toString());
  }

  /**
   * Reads the footer of a file in memory.
   *
   * @param bytes the whole file; not copied
   * @param what names it in errors
   * @throws IOException when it is not a parquet file
   */
  public static ParquetFile open(byte[] bytes, String what) throws IOException {
    return open(new MemoryInput(bytes), what);
  }

  private static ParquetFile open(InputFile input, String what) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    try {
      Footer footer = Footer.read(input);
      ParquetMetadata metadata =
          new ParquetMetadataConverter(options).fromParquetMetadata(footer.decode());
      return new ParquetFile(input, what, options, metadata);
    } catch (IOException | RuntimeException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  /** Top-level columns; their positions are the ordinals of the other calls. */
  public List<Column> columns() {
    return columns;
  }

  /** The footer's key-values; a value may be null. */
  public Map<String, String> keyValues() {
    return footer.getFileMetaData().getKeyValueMetaData();
  }

  /** Name and version of the library that wrote the file; may be null. */
  public String createdBy() {
    return footer.getFileMetaData().getCreatedBy();
  }

  public int rowGroups() {
    return footer.getBlocks().size();
  }

  /** Rows of one row group. */
  public int rows(int rowGroup) {
    return (int) footer.getBlocks().get(rowGroup).getRowCount();
  }

  /** Rows of the file. */
  public long rows() {
    long rows = 0;
    for (BlockMetaData block : footer.getBlocks()) {
      rows += block.getRowCount();
    }
    return rows;
  }

  /** Reads a {@code UINT64} or {@code INT64} column of one row group. */
  public Longs readLongs(int rowGroup, int ordinal) throws IOException {
    requireType(ordinal, columns.get(ordinal).type() != ColumnType.UINT64_LIST);
    int rows = rows(rowGroup);
    long[] values = new long[rows];
    BitSet present = new BitSet(rows);
    read(
        rowGroup,
        ordinal,
        (cells, defined, count) -> {
          for (int row = 0; row < count; row++) {
            if (cells.getCurrentDefinitionLevel() == defined) {
              values[row] = cells.getLong();
              present.set(row);
            }
            cells.consume();
          }
        });
    return new Longs(values, present);
  }

  /**
   * Reads a {@code UINT64_LIST} column of one row group.
   *
   * @return one list per row, null where the row has none; an absent element reads as 0
   */
  public long[][] readLists(int rowGroup, int ordinal) throws IOException {
    requireType(ordinal, columns.get(ordinal).type() == ColumnType.UINT64_LIST);
    long[][] lists = new long[rows(rowGroup)][];
    read(
        rowGroup, ordinal, (cells, defined, count) -> ListCells.read(cells, defined, count, lists));
    return lists;
  }

  private void read(int rowGroup, int ordinal, CellReader cellReader) throws IOException {
    FileMetaData file = footer.getFileMetaData();
    BlockMetaData block = footer.getBlocks().get(rowGroup);
    ColumnChunkMetaData chunk = block.getColumns().get(firstLeaf[ordinal]);
    MessageType schema =
        new MessageType(file.getSchema().getName(), file.getSchema().getFields().get(ordinal));
    BlockMetaData single = new BlockMetaData();
    single.setRowCount(block.getRowCount());
    single.setTotalByteSize(chunk.getTotalUncompressedSize());
    single.addColumn(chunk);
    ParquetMetadata view =
        new ParquetMetadata(
            new FileMetaData(schema, Map.of(), file.getCreatedBy()), List.of(single));
    ColumnDescriptor descriptor = schema.getColumns().get(0);
    try (ParquetFileReader reader =
        ParquetFileReader.open(input, view, options, input.newStream())) {
      PageReader pages = reader.readNextRowGroup().getPageReader(descriptor);
      int cells = (int) Math.min(Integer.MAX_VALUE, pages.getTotalValueCount());
      cellReader.read(
          new ColumnReaderImpl(
              descriptor,
              pages,
              new PrimitiveConverter() {},
              VersionParser.parse(file.getCreatedBy() == null ? "unknown" : file.getCreatedBy())),
          descriptor.getMaxDefinitionLevel(),
          cells);
    } catch (VersionParser.VersionParseException | RuntimeException e) {
      throw new IOException(what + ": column " + ordinal + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void requireType(int ordinal, boolean fits) {
    if (!fits || columns.get(ordinal).type() == ColumnType.OTHER) {
      throw new IllegalArgumentException(
          what + ": column " + ordinal + " is of type " + columns.get(ordinal).type());
    }
  }

  /** Takes the cells of one column of one row group. */
  private interface CellReader {
    void read(ColumnReader cells, int definedLevel, int count) throws IOException;
  }
}

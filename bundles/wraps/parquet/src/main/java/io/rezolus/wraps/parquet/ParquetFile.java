package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A parquet file opened for reading. Opening reads the footer and nothing else; each read of a
 * column opens the file anew, so there is nothing to close and reads may run in parallel.
 *
 * <p>Pages are decoded here where they are as recordings have them, and by parquet-java otherwise.
 */
public final class ParquetFile {
  /** A row group larger than this is no recording and would not fit in memory. */
  private static final long ROWS_MAX = 16_000_000;

  private static final int MESSAGE_MAX = 300;

  private final InputFile input;
  private final String what;
  private final ParquetReadOptions options;
  private final ParquetMetadata footer;
  private final long dataEnd;
  private final List<Column> columns;
  private final int[] firstLeaf;

  private ParquetFile(
      InputFile input,
      String what,
      ParquetReadOptions options,
      ParquetMetadata footer,
      List<String> names,
      long dataEnd)
      throws IOException {
    this.input = input;
    this.what = what;
    this.options = options;
    this.footer = footer;
    this.dataEnd = dataEnd;
    List<Type> fields = footer.getFileMetaData().getSchema().getFields();
    List<Column> found = new ArrayList<>(fields.size());
    firstLeaf = new int[fields.size()];
    int leaf = 0;
    for (int i = 0; i < fields.size(); i++) {
      found.add(Schemas.column(names.get(i), fields.get(i)));
      firstLeaf[i] = leaf;
      leaf += Schemas.leaves(fields.get(i));
    }
    columns = Collections.unmodifiableList(found);
    for (BlockMetaData block : footer.getBlocks()) {
      long most = Math.min(ROWS_MAX, Runtime.getRuntime().maxMemory() / 64);
      if (block.getColumns().size() != leaf
          || block.getRowCount() < 0
          || block.getRowCount() > most) {
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

  /**
   * Reads the footer of a file that lies inside of another one.
   *
   * @param offset where it begins in {@code path}
   * @param length its bytes
   * @param what names it in errors
   * @throws IOException when it cannot be read or is not a parquet file
   */
  public static ParquetFile open(Path path, long offset, long length, String what)
      throws IOException {
    return open(new RangeInput(path, offset, length), what);
  }

  private static ParquetFile open(InputFile input, String what) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    try {
      Footer footer = Footer.read(input);
      org.apache.parquet.format.FileMetaData stored = footer.decode();
      List<String> names = UniqueNames.apply(stored);
      ParquetMetadata metadata = new ParquetMetadataConverter(options).fromParquetMetadata(stored);
      return new ParquetFile(input, what, options, metadata, names, footer.position());
    } catch (IOException | RuntimeException e) {
      throw new IOException(what + ": " + line(e), e);
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

  /** Bytes that the pages of a row group take, unpacked. */
  public long bytes(int rowGroup) {
    return footer.getBlocks().get(rowGroup).getTotalByteSize();
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
    return read(
        rowGroup,
        ordinal,
        (pages, defined) -> ColumnDecoder.longs(pages, defined, rows),
        (cells, defined, count) -> LibraryCells.longs(cells, defined, count, rows));
  }

  /**
   * Reads a {@code UINT64_LIST} column of one row group.
   *
   * @return one list per row, null where the row has none; an absent element reads as 0
   */
  public long[][] readLists(int rowGroup, int ordinal) throws IOException {
    requireType(ordinal, columns.get(ordinal).type() == ColumnType.UINT64_LIST);
    int rows = rows(rowGroup);
    return read(
        rowGroup,
        ordinal,
        (pages, defined) -> ColumnDecoder.lists(pages, defined, rows),
        (cells, defined, count) -> LibraryCells.lists(cells, defined, count, rows));
  }

  private <T> T read(
      int rowGroup, int ordinal, PagesReader<T> pagesReader, CellReader<T> cellReader)
      throws IOException {
    ColumnChunkMetaData chunk =
        footer.getBlocks().get(rowGroup).getColumns().get(firstLeaf[ordinal]);
    Column column = columns.get(ordinal);
    boolean list = column.type() == ColumnType.UINT64_LIST;
    int defined = (list ? 2 : 0) + (column.required() ? 0 : 1);
    try {
      ChunkPages pages = new ChunkPages(bytes(chunk), chunk.getCodec(), chunk.getValueCount());
      return pages.check(!column.required(), list)
          ? pagesReader.read(pages, defined)
          : readCells(rowGroup, ordinal, cellReader);
    } catch (VersionParser.VersionParseException | IOException | RuntimeException e) {
      throw new IOException(what + ": column " + ordinal + " cannot be read: " + line(e), e);
    }
  }

  /** Reads through parquet-java, cell by cell. */
  private <T> T readCells(int rowGroup, int ordinal, CellReader<T> cellReader)
      throws IOException, VersionParser.VersionParseException {
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
      return cellReader.read(
          new ColumnReaderImpl(
              descriptor,
              pages,
              new PrimitiveConverter() {},
              VersionParser.parse(file.getCreatedBy() == null ? "unknown" : file.getCreatedBy())),
          descriptor.getMaxDefinitionLevel(),
          cells);
    } catch (OutOfMemoryError e) {
      // some encodings make parquet-java reserve at once whatever a damaged page announces
      throw new IOException("it needs more memory than there is", e);
    }
  }

  private byte[] bytes(ColumnChunkMetaData chunk) throws IOException {
    long from = chunk.getStartingPos();
    long length = chunk.getTotalSize();
    if (from < 0 || length < 0 || from > dataEnd - length) {
      throw new IOException(length + " bytes at " + from + ", where only " + dataEnd + " are");
    }
    byte[] bytes = new byte[Limits.chunk(length)];
    try (SeekableInputStream in = input.newStream()) {
      in.seek(from);
      in.readFully(bytes);
    }
    return bytes;
  }

  /** parquet-java quotes whole schemas. */
  private static String line(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String line = message.lines().findFirst().orElse("");
    return line.length() > MESSAGE_MAX ? line.substring(0, MESSAGE_MAX) + "..." : line;
  }

  private void requireType(int ordinal, boolean fits) {
    if (!fits || columns.get(ordinal).type() == ColumnType.OTHER) {
      throw new IllegalArgumentException(
          what + ": column " + ordinal + " is of type " + columns.get(ordinal).type());
    }
  }

  /** Takes the pages of one column of one row group. */
  private interface PagesReader<T> {
    T read(ChunkPages pages, int definedLevel) throws IOException;
  }

  /** Takes the cells of one column of one row group. */
  private interface CellReader<T> {
    T read(ColumnReader cells, int definedLevel, int count) throws IOException;
  }
}

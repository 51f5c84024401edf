package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A parquet file opened for reading. Opening reads the footer and nothing else; each read of a
 * column opens the file anew, so there is nothing to close and reads may run in parallel.
 */
public final class ParquetFile {
  private static final int MESSAGE_MAX = 300;

  private final InputFile input;
  private final String what;
  private final FileIndex index;
  private final long dataEnd;

  private ParquetFile(InputFile input, String what, FileIndex index, long dataEnd) {
    this.input = input;
    this.what = what;
    this.index = index;
    this.dataEnd = dataEnd;
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
    try {
      Footer footer = Footer.read(input);
      return new ParquetFile(input, what, new FileIndex(footer.decode()), footer.position());
    } catch (IOException | RuntimeException e) {
      throw new IOException(what + ": " + line(e), e);
    }
  }

  /** Top-level columns; their positions are the ordinals of the other calls. */
  public List<Column> columns() {
    return index.schema().columns();
  }

  /** The footer's key-values; a value may be null. */
  public Map<String, String> keyValues() {
    return index.keyValues();
  }

  public int rowGroups() {
    return index.groups().size();
  }

  /** Rows of one row group. */
  public int rows(int rowGroup) {
    return index.groups().get(rowGroup).rows();
  }

  /** Bytes that the pages of a row group take, unpacked. */
  public long bytes(int rowGroup) {
    return index.groups().get(rowGroup).bytes();
  }

  /** Rows of the file. */
  public long rows() {
    long rows = 0;
    for (RowGroupIndex group : index.groups()) {
      rows += group.rows();
    }
    return rows;
  }

  /** Reads a {@code UINT64} or {@code INT64} column of one row group. */
  public Longs readLongs(int rowGroup, int ordinal) throws IOException {
    requireType(ordinal, columns().get(ordinal).type() != ColumnType.UINT64_LIST);
    int rows = rows(rowGroup);
    int defined = columns().get(ordinal).required() ? 0 : 1;
    return read(rowGroup, ordinal, pages -> ColumnDecoder.longs(pages, defined, rows));
  }

  /**
   * Reads a {@code UINT64_LIST} column of one row group.
   *
   * @return one list per row, null where the row has none; an absent element reads as 0
   */
  public long[][] readLists(int rowGroup, int ordinal) throws IOException {
    requireType(ordinal, columns().get(ordinal).type() == ColumnType.UINT64_LIST);
    int rows = rows(rowGroup);
    int defined = columns().get(ordinal).required() ? 2 : 3;
    return read(rowGroup, ordinal, pages -> ColumnDecoder.lists(pages, defined, rows));
  }

  private <T> T read(int rowGroup, int ordinal, PagesReader<T> reader) throws IOException {
    RowGroupIndex group = index.groups().get(rowGroup);
    int leaf = index.schema().firstLeaf(ordinal);
    try {
      byte[] chunk = bytes(group.position(leaf), group.length(leaf));
      return reader.read(new ChunkPages(chunk, group.codec(leaf), group.values(leaf)));
    } catch (IOException | RuntimeException e) {
      throw new IOException(what + ": column " + ordinal + " cannot be read: " + line(e), e);
    }
  }

  private byte[] bytes(long from, long length) throws IOException {
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

  /** What others throw may have many lines. */
  private static String line(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String line = message.lines().findFirst().orElse("");
    return line.length() > MESSAGE_MAX ? line.substring(0, MESSAGE_MAX) + "..." : line;
  }

  private void requireType(int ordinal, boolean fits) {
    if (!fits || columns().get(ordinal).type() == ColumnType.OTHER) {
      throw new IllegalArgumentException(
          what + ": column " + ordinal + " is of type " + columns().get(ordinal).type());
    }
  }

  /** Takes the pages of one column of one row group. */
  private interface PagesReader<T> {
    T read(ChunkPages pages) throws IOException;
  }
}

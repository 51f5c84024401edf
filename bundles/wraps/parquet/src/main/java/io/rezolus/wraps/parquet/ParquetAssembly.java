package io.rezolus.wraps.parquet;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Makes one parquet file of several that have some of its columns each. Pages are copied and not
 * decoded; a column that a part does not have is absent in all rows of it.
 */
public final class ParquetAssembly implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final List<Column> columns;
  private final WriteOptions options;
  private final FileMetaData meta;
  private final List<List<String>> paths = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private final OutputStream out;
  private long position;
  private long rows;

  /**
   * @param out where the file goes, closed with this
   * @param columns all columns in file order; names need not be unique
   * @param options how columns that are absent are packed
   */
  public ParquetAssembly(OutputStream out, List<Column> columns, WriteOptions options)
      throws IOException {
    this.columns = List.copyOf(columns);
    this.options = options;
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    try (ParquetOutput none = new ParquetOutput(empty, columns, options)) {
      none.finish(Map.of());
    }
    meta = decode(empty.toByteArray());
    for (Column column : columns) {
      paths.add(
          column.type() == ColumnType.UINT64_LIST
              ? List.of(column.name(), "list", "item")
              : List.of(column.name()));
    }
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    write(Footer.MAGIC, 0, Footer.MAGIC.length);
  }

  /**
   * Adds the row groups of a file that {@link ParquetOutput} has written.
   *
   * @param part the whole file
   * @param ordinals for each of its columns which one of the assembly it is, ascending
   */
  public void append(byte[] part, int[] ordinals) throws IOException {
    for (RowGroup group : decode(part).getRow_groups()) {
      Map<ColumnType, byte[]> absent = new EnumMap<>(ColumnType.class);
      List<ColumnChunk> chunks = new ArrayList<>(columns.size());
      long start = position;
      long plain = 0;
      int next = 0;
      for (int i = 0; i < columns.size(); i++) {
        ColumnChunk chunk;
        byte[] from = part;
        if (next < ordinals.length && ordinals[next] == i) {
          chunk = group.getColumns().get(next++);
        } else {
          ColumnType type = columns.get(i).type();
          from = absent.get(type);
          if (from == null) {
            from = absent(columns.get(i), (int) group.getNum_rows());
            absent.put(type, from);
          }
          chunk = decode(from).getRow_groups().get(0).getColumns().get(0);
        }
        copy(from, chunk, paths.get(i));
        chunks.add(chunk);
        plain += chunk.getMeta_data().getTotal_uncompressed_size();
      }
      if (next != ordinals.length) {
        throw new IllegalArgumentException("columns of a part that are not in the assembly");
      }
      group.setColumns(chunks);
      group.setTotal_byte_size(plain);
      group.setTotal_compressed_size(position - start);
      group.setFile_offset(start);
      group.setOrdinal((short) groups.size());
      groups.add(group);
      rows += group.getNum_rows();
    }
  }

  /**
   * Writes the footer. The file is complete, though not forced to the disk, after {@link #close}.
   */
  public void finish(Map<String, String> keyValues) throws IOException {
    meta.setRow_groups(groups);
    meta.setNum_rows(rows);
    byte[] footer = Footer.encode(meta, keyValues);
    write(footer, 0, footer.length);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Writes the pages of a column and says in {@code chunk} where they are. */
  private void copy(byte[] from, ColumnChunk chunk, List<String> path) throws IOException {
    ColumnMetaData column = chunk.getMeta_data();
    long start = column.getData_page_offset();
    column.setData_page_offset(position);
    write(from, (int) start, (int) column.getTotal_compressed_size());
    // one list for all row groups instead of one for each: footers are most of what a wide
    // recording needs in memory
    column.setPath_in_schema(path);
    column.unsetEncoding_stats();
    column.unsetSize_statistics();
    chunk.setFile_offset(0);
    chunk.unsetColumn_index_offset();
    chunk.unsetColumn_index_length();
    chunk.unsetOffset_index_offset();
    chunk.unsetOffset_index_length();
  }

  /** A file of one column without a value. */
  private byte[] absent(Column column, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetOutput only = new ParquetOutput(bytes, List.of(column), options)) {
      only.startRowGroup(count);
      only.writeColumn(
          cells -> {
            for (int row = 0; row < count; row++) {
              cells.absent();
            }
          });
      only.finish(Map.of());
    }
    return bytes.toByteArray();
  }

  private static FileMetaData decode(byte[] file) throws IOException {
    return Footer.read(new MemoryInput(file)).decode();
  }

  private void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    position += length;
  }
}

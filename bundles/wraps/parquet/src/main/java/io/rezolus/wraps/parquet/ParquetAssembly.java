package io.rezolus.wraps.parquet;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Makes one parquet file of row groups that have some of its columns each. Pages are copied and not
 * decoded. Which columns there are, and what they are called, is said in the end: nothing of what
 * was written until then changes with it, and memory holds none of it.
 *
 * <p>A column that a row group does not have is absent in all rows of it. Such columns refer to the
 * same pages, as there is nothing in them that would differ.
 */
public final class ParquetAssembly {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel file;
  private final FileChannel scratch;
  private final ColumnTemplates templates;
  private final List<Group> groups = new ArrayList<>();
  private long position;

  /**
   * @param file where the file goes; empty, and closed by whoever opened it
   * @param scratch keeps what the footer will say; empty, and of no use in the end
   * @param options how columns that are absent are packed
   */
  public ParquetAssembly(FileChannel file, FileChannel scratch, WriteOptions options)
      throws IOException {
    this.file = file;
    this.scratch = scratch;
    templates = new ColumnTemplates(options);
    write(ByteBuffer.wrap(Footer.MAGIC));
  }

  /** Begins a row group, to which {@link #append} adds columns. */
  public void startRowGroup(int rows) {
    groups.add(new Group(rows, position));
  }

  /**
   * Adds columns to the row group.
   *
   * @param part a whole file of one row group, as {@link ParquetOutput} writes it
   * @param ids for each of its columns by which number {@link #finish} knows it; within a row group
   *     in the order of the file
   */
  public void append(byte[] part, int[] ids) throws IOException {
    Group group = groups.get(groups.size() - 1);
    RowGroup columns = ColumnTemplates.decode(part).getRow_groups().get(0);
    if (columns.getNum_rows() != group.rows || columns.getColumnsSize() != ids.length) {
      throw new IllegalArgumentException("a part of other rows or columns than it should have");
    }
    ByteArrayOutputStream described = new ByteArrayOutputStream(128 * ids.length);
    DataOutputStream out = new DataOutputStream(described);
    List<ColumnChunk> chunks = columns.getColumns();
    long shift = copy(part, chunks);
    for (int i = 0; i < ids.length; i++) {
      out.writeInt(ids[i]);
      describe(chunks.get(i), shift).keep(out);
    }
    group.chunks += ids.length;
    ByteBuffer left = ByteBuffer.wrap(described.toByteArray());
    while (left.hasRemaining()) {
      scratch.write(left);
    }
  }

  /**
   * Writes the footer. The file is complete then, though not forced to the disk.
   *
   * @param columns in file order; names need not be unique
   * @param ids for each column by which number {@link #append} knows it; columns that are not among
   *     them are left out
   */
  public void finish(List<Column> columns, int[] ids, Map<String, String> keyValues)
      throws IOException {
    AbsentColumns absent =
        new AbsentColumns(
            (type, rows) -> {
              byte[] part = templates.absent(type, rows);
              List<ColumnChunk> only =
                  ColumnTemplates.decode(part).getRow_groups().get(0).getColumns();
              return describe(only.get(0), copy(part, only));
            });
    for (Group group : groups) {
      absent.add(group.rows);
    }
    try (BufferedOutputStream out =
        new BufferedOutputStream(Channels.newOutputStream(new OpenEnd(file)), BUFFER_BYTES)) {
      scratch.position(0);
      new FooterStream(out, columns, templates)
          .write(groups, Channels.newInputStream(new OpenEnd(scratch)), ids, absent, keyValues);
    }
  }

  /** Writes the pages of a part and returns how far they moved. */
  private long copy(byte[] part, List<ColumnChunk> chunks) throws IOException {
    long from = Long.MAX_VALUE;
    long to = 0;
    for (ColumnChunk chunk : chunks) {
      long start = start(chunk.getMeta_data());
      from = Math.min(from, start);
      to = Math.max(to, start + chunk.getMeta_data().getTotal_compressed_size());
    }
    long shift = position - from;
    write(ByteBuffer.wrap(part, (int) from, (int) (to - from)));
    return shift;
  }

  private static ChunkDescription describe(ColumnChunk chunk, long shift) throws IOException {
    ColumnMetaData column = chunk.getMeta_data();
    column.setData_page_offset(column.getData_page_offset() + shift);
    if (hasDictionary(column)) {
      column.setDictionary_page_offset(column.getDictionary_page_offset() + shift);
    }
    column.unsetEncoding_stats();
    column.unsetSize_statistics();
    chunk.setFile_offset(0);
    chunk.unsetColumn_index_offset();
    chunk.unsetColumn_index_length();
    chunk.unsetOffset_index_offset();
    chunk.unsetOffset_index_length();
    return ChunkDescription.of(chunk);
  }

  private static long start(ColumnMetaData column) {
    long data = column.getData_page_offset();
    return hasDictionary(column) ? Math.min(data, column.getDictionary_page_offset()) : data;
  }

  private static boolean hasDictionary(ColumnMetaData column) {
    return column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      position += file.write(bytes);
    }
  }

  /** A row group; its columns are described in the scratch file, one group after another. */
  static final class Group {
    final int rows;
    final long position;
    int chunks;

    Group(int rows, long position) {
      this.rows = rows;
      this.position = position;
    }
  }
}

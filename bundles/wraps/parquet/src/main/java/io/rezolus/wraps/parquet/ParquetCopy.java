package io.rezolus.wraps.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.LocalInputFile;

/**
 * Makes a parquet file from the pages of another, which are copied byte for byte and not decoded:
 * with other file-level key-values, or with fewer columns.
 */
public final class ParquetCopy {
  private final FileChannel in;
  private final FileChannel out;
  private final long dataEnd;
  // how far each kept chunk moved, in file order
  private final List<Long> shifts = new ArrayList<>();

  private ParquetCopy(FileChannel in, FileChannel out, long dataEnd) {
    this.in = in;
    this.out = out;
    this.dataEnd = dataEnd;
  }

  /**
   * Copies a whole file.
   *
   * @param to replaced if it exists; another file than {@code from}
   * @param keyValues all that the copy has; a value may be null
   */
  public static void copy(Path from, Path to, Map<String, String> keyValues) throws IOException {
    copy(from, to, null, keyValues);
  }

  /**
   * Copies some columns.
   *
   * @param to replaced if it exists; another file than {@code from}
   * @param ordinals the columns to keep, ascending
   * @param keyValues all that the copy has; a value may be null
   */
  public static void copy(Path from, Path to, int[] ordinals, Map<String, String> keyValues)
      throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(
                to,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      Footer footer = Footer.read(new LocalInputFile(from));
      FileMetaData meta = footer.decode();
      ParquetCopy copy = new ParquetCopy(in, out, footer.position());
      if (ordinals == null) {
        copy.bytes(0, footer.position());
      } else {
        copy.columns(meta, new KeptColumns(meta, ordinals));
      }
      copy.footer(meta, keyValues);
    } catch (IOException | RuntimeException e) {
      throw new IOException(from + ": cannot be copied: " + e.getMessage(), e);
    }
  }

  private void columns(FileMetaData meta, KeptColumns kept) throws IOException {
    write(Footer.MAGIC);
    List<ColumnChunk> all = new ArrayList<>();
    for (RowGroup group : meta.getRow_groups()) {
      List<ColumnChunk> chunks = kept.leaves(group.getColumns());
      long start = out.position();
      long plain = 0;
      for (ColumnChunk chunk : chunks) {
        chunk(chunk);
        plain += chunk.getMeta_data().getTotal_uncompressed_size();
      }
      group.setColumns(chunks);
      group.setTotal_byte_size(plain);
      group.setTotal_compressed_size(out.position() - start);
      group.setFile_offset(start);
      group.unsetSorting_columns();
      all.addAll(chunks);
    }
    for (ColumnChunk chunk : all) {
      if (chunk.isSetColumn_index_offset()) {
        long from = chunk.getColumn_index_offset();
        chunk.setColumn_index_offset(out.position());
        bytes(from, chunk.getColumn_index_length());
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isSetOffset_index_offset()) {
        offsetIndex(all.get(i), shifts.get(i));
      }
    }
    if (meta.isSetColumn_orders()) {
      meta.setColumn_orders(kept.leaves(meta.getColumn_orders()));
    }
    meta.setSchema(kept.schema());
  }

  private void chunk(ColumnChunk chunk) throws IOException {
    ColumnMetaData column = chunk.getMeta_data();
    if (column == null || chunk.isSetFile_path()) {
      throw new IOException("its columns are in other files, or encrypted");
    }
    boolean dictionary =
        column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0;
    long start = column.getData_page_offset();
    if (dictionary) {
      start = Math.min(start, column.getDictionary_page_offset());
    }
    long shift = out.position() - start;
    shifts.add(shift);
    bytes(start, column.getTotal_compressed_size());
    column.setData_page_offset(column.getData_page_offset() + shift);
    if (dictionary) {
      column.setDictionary_page_offset(column.getDictionary_page_offset() + shift);
    }
    // deprecated, or of no use to a recording
    column.unsetIndex_page_offset();
    column.unsetBloom_filter_offset();
    column.unsetBloom_filter_length();
    chunk.setFile_offset(0);
  }

  private void offsetIndex(ColumnChunk chunk, long shift) throws IOException {
    long length = chunk.getOffset_index_length();
    requireInside(chunk.getOffset_index_offset(), length);
    ByteBuffer stored = ByteBuffer.allocate(FooterBounds.length(length));
    while (stored.hasRemaining()
        && in.read(stored, chunk.getOffset_index_offset() + stored.position()) >= 0) {
      // until it is whole
    }
    FooterBounds.check(stored.array());
    OffsetIndex index = Util.readOffsetIndex(new ByteArrayInputStream(stored.array()));
    for (PageLocation page : index.getPage_locations()) {
      page.setOffset(page.getOffset() + shift);
    }
    ByteArrayOutputStream moved = new ByteArrayOutputStream();
    Util.writeOffsetIndex(index, moved);
    chunk.setOffset_index_offset(out.position());
    chunk.setOffset_index_length(moved.size());
    write(moved.toByteArray());
  }

  private void footer(FileMetaData meta, Map<String, String> keyValues) throws IOException {
    write(Footer.encode(meta, keyValues));
  }

  /** Appends bytes of the input. */
  private void bytes(long from, long length) throws IOException {
    requireInside(from, length);
    long left = length;
    while (left > 0) {
      long done = in.transferTo(from + length - left, left, out);
      if (done <= 0) {
        throw new IOException("cut off at byte " + (from + length - left));
      }
      left -= done;
    }
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      out.write(left);
    }
  }

  private void requireInside(long from, long length) throws IOException {
    if (from < 0 || length < 0 || from > dataEnd - length) {
      throw new IOException(
          "damaged parquet footer: " + length + " bytes at " + from + " of " + dataEnd);
    }
  }
}

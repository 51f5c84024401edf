package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Where the columns of a row group are. Footers of wide recordings are mostly this, so it is kept
 * in arrays and not in objects.
 */
final class RowGroupIndex {
  /** A row group larger than this is no recording and would not fit in memory. */
  private static final long ROWS_MAX = 16_000_000;

  private final CompressionCodec[] codecs;
  private final long[] values;
  private final long[] positions;
  private final long[] lengths;
  private final int rows;
  private final long bytes;

  /**
   * @param leaves of the schema
   * @throws IOException when it does not have one column for each leaf, or too many rows
   */
  RowGroupIndex(RowGroup group, int leaves) throws IOException {
    long most = Math.min(ROWS_MAX, Runtime.getRuntime().maxMemory() / 64);
    List<ColumnChunk> chunks = group.getColumns();
    if (chunks.size() != leaves || group.getNum_rows() < 0 || group.getNum_rows() > most) {
      throw new IOException("damaged parquet footer: a row group contradicts the schema");
    }
    codecs = new CompressionCodec[leaves];
    values = new long[leaves];
    positions = new long[leaves];
    lengths = new long[leaves];
    rows = (int) group.getNum_rows();
    bytes = group.getTotal_byte_size();
    for (int i = 0; i < leaves; i++) {
      ColumnMetaData column = chunks.get(i).getMeta_data();
      if (column == null || chunks.get(i).isSetFile_path()) {
        throw new IOException("its columns are in other files, or encrypted");
      }
      codecs[i] = column.getCodec();
      values[i] = column.getNum_values();
      lengths[i] = column.getTotal_compressed_size();
      positions[i] = column.getData_page_offset();
      if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
        positions[i] = Math.min(positions[i], column.getDictionary_page_offset());
      }
    }
  }

  int rows() {
    return rows;
  }

  /** Bytes that its pages take, unpacked. */
  long bytes() {
    return bytes;
  }

  /**
   * @throws IOException when nobody knows the codec
   */
  CompressionCodecName codec(int leaf) throws IOException {
    if (codecs[leaf] == null) {
      throw new IOException("an unknown compression");
    }
    return CompressionCodecName.fromParquet(codecs[leaf]);
  }

  /** Values of a leaf, absent ones included. */
  long values(int leaf) {
    return values[leaf];
  }

  /** Where the first page of a leaf begins in the file. */
  long position(int leaf) {
    return positions[leaf];
  }

  /** Length of all pages of a leaf. */
  long length(int leaf) {
    return lengths[leaf];
  }
}

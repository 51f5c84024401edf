package io.rezolus.wraps.parquet;

import java.io.IOException;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Where the columns of a row group are. Footers of wide recordings are mostly this, so it is kept
 * in arrays and not in objects.
 */
final class RowGroupIndex {
  /** A row group larger than this is no recording and would not fit in memory. */
  private static final long ROWS_MAX = 16_000_000;

  private byte[] codecs = new byte[0];
  private long[] values;
  private long[] positions;
  private long[] lengths;
  private long rows = -1;
  private long bytes;

  private RowGroupIndex() {}

  /**
   * @param in at a row group of a list of them
   * @param leaves of the schema
   */
  static RowGroupIndex read(CompactReader in, int leaves) throws IOException {
    RowGroupIndex group = new RowGroupIndex();
    in.enter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> group.chunks(in, leaves);
        case 2 -> group.bytes = in.integer();
        case 3 -> group.rows = in.integer();
        default -> in.skip();
      }
    }
    long most = Math.min(ROWS_MAX, Runtime.getRuntime().maxMemory() / 64);
    if (group.codecs.length != leaves || group.rows < 0 || group.rows > most) {
      throw contradiction();
    }
    return group;
  }

  int rows() {
    return (int) rows;
  }

  /** Bytes that its pages take, unpacked. */
  long bytes() {
    return bytes;
  }

  /**
   * @throws IOException when nobody knows the codec
   */
  CompressionCodecName codec(int leaf) throws IOException {
    CompressionCodec codec = CompressionCodec.findByValue(codecs[leaf]);
    if (codec == null) {
      throw new IOException("compression " + codecs[leaf] + " is not supported");
    }
    return CompressionCodecName.fromParquet(codec);
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

  private void chunks(CompactReader in, int leaves) throws IOException {
    int count = in.structs();
    if (count != leaves) {
      throw contradiction();
    }
    codecs = new byte[count];
    values = new long[count];
    positions = new long[count];
    lengths = new long[count];
    for (int i = 0; i < count; i++) {
      chunk(in, i);
    }
  }

  private void chunk(CompactReader in, int leaf) throws IOException {
    boolean described = false;
    in.enter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1, 8, 9 -> throw new IOException("its columns are in other files, or encrypted");
        case 3 -> {
          described = true;
          pages(in, leaf);
        }
        default -> in.skip();
      }
    }
    if (!described) {
      throw contradiction();
    }
  }

  private void pages(CompactReader in, int leaf) throws IOException {
    long dictionary = 0;
    in.struct();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 4 -> codecs[leaf] = (byte) in.integer();
        case 5 -> values[leaf] = in.integer();
        case 7 -> lengths[leaf] = in.integer();
        case 9 -> positions[leaf] = in.integer();
        case 11 -> dictionary = in.integer();
        default -> in.skip();
      }
    }
    if (dictionary > 0) {
      positions[leaf] = Math.min(positions[leaf], dictionary);
    }
  }

  private static IOException contradiction() {
    return new IOException("damaged parquet footer: a row group contradicts the schema");
  }
}

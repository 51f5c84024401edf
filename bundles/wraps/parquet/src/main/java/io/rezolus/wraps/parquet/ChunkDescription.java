package io.rezolus.wraps.parquet;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * What a footer says about one column of one row group, encoded but for the column's name: that is
 * told apart late, and the same for every row group.
 *
 * @param before what comes before the name
 * @param after what comes after the name
 * @param plain bytes of the pages unpacked
 * @param packed bytes of the pages in the file
 */
record ChunkDescription(byte[] before, byte[] after, long plain, long packed) {
  private static final String NAME = "name of the column";
  private static final byte[] MARK = path(List.of(NAME));

  /**
   * @param chunk its name is changed
   */
  static ChunkDescription of(ColumnChunk chunk) throws IOException {
    ColumnMetaData column = chunk.getMeta_data();
    column.setPath_in_schema(List.of(NAME));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try {
      chunk.write(new TCompactProtocol(new TIOStreamTransport(bytes)));
    } catch (TException e) {
      throw new IOException(e.getMessage(), e);
    }
    byte[] encoded = bytes.toByteArray();
    int at = 0;
    while (!Arrays.equals(encoded, at, at + MARK.length, MARK, 0, MARK.length)) {
      at++;
    }
    return new ChunkDescription(
        Arrays.copyOf(encoded, at),
        Arrays.copyOfRange(encoded, at + MARK.length, encoded.length),
        column.getTotal_uncompressed_size(),
        column.getTotal_compressed_size());
  }

  static ChunkDescription read(DataInputStream in) throws IOException {
    return new ChunkDescription(
        in.readNBytes(in.readUnsignedShort()),
        in.readNBytes(in.readUnsignedShort()),
        in.readLong(),
        in.readLong());
  }

  /** Writes it for {@link #read}. */
  void keep(DataOutputStream out) throws IOException {
    out.writeShort(before.length);
    out.write(before);
    out.writeShort(after.length);
    out.write(after);
    out.writeLong(plain);
    out.writeLong(packed);
  }

  /**
   * Writes it as part of a footer.
   *
   * @param path what {@link #path} makes of the column's name
   */
  void write(byte[] path, OutputStream out) throws IOException {
    out.write(before);
    out.write(path);
    out.write(after);
  }

  /** A list of texts in Thrift's compact protocol. */
  static byte[] path(List<String> names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(names.size() << 4 | 8);
    for (String name : names) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      int rest = text.length;
      while (rest >= 0x80) {
        bytes.write(rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      bytes.write(rest);
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }
}

package io.rezolus.wraps.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The bytes of a footer.
 *
 * @param bytes its metadata, without length and magic number
 * @param position where it begins in the file
 */
record Footer(byte[] bytes, long position) {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Length and magic number behind the metadata. */
  static final int TAIL = 8;

  /**
   * @throws IOException when there is none; the message does not name the file
   */
  static Footer read(InputFile input) throws IOException {
    long size = input.getLength();
    if (size < MAGIC.length + TAIL) {
      throw new IOException("not a parquet file: " + size + " bytes");
    }
    try (SeekableInputStream in = input.newStream()) {
      byte[] tail = new byte[TAIL];
      in.seek(size - TAIL);
      in.readFully(tail);
      if (!Arrays.equals(tail, 4, TAIL, MAGIC, 0, 4)) {
        throw new IOException("not a parquet file, or not all of one: it does not end in PAR1");
      }
      long length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFF_FFFFL;
      long position = size - TAIL - length;
      if (position < MAGIC.length) {
        throw new IOException("damaged parquet file: a footer of " + length + " bytes");
      }
      byte[] bytes = new byte[FooterBounds.length(length)];
      in.seek(position);
      in.readFully(bytes);
      FooterBounds.check(bytes);
      return new Footer(bytes, position);
    }
  }

  FileMetaData decode() throws IOException {
    return Util.readFileMetaData(new ByteArrayInputStream(bytes));
  }
}

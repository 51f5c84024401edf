package io.rezolus.wraps.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;
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

  private static final int DEPTH_MAX = 16;

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
      return new Footer(bytes, position);
    }
  }

  /**
   * @throws IOException when it is damaged; the message does not name the file
   */
  FileMetaData decode() throws IOException {
    FooterBounds.check(bytes);
    FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(bytes));
    requireFlat(meta.getSchema());
    return meta;
  }

  /**
   * The end of a file: metadata, length and magic number.
   *
   * @param meta gets the key-values
   * @param keyValues a value may be null
   */
  static byte[] encode(FileMetaData meta, Map<String, String> keyValues) throws IOException {
    List<KeyValue> pairs = new ArrayList<>(keyValues.size());
    for (Map.Entry<String, String> entry : keyValues.entrySet()) {
      KeyValue pair = new KeyValue(entry.getKey());
      pair.setValue(entry.getValue());
      pairs.add(pair);
    }
    meta.setKey_value_metadata(pairs);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, bytes);
    int length = bytes.size();
    bytes.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    bytes.write(MAGIC);
    return bytes.toByteArray();
  }

  /** Whoever goes through a schema descends into it. */
  private static void requireFlat(List<SchemaElement> schema) throws IOException {
    int[] left = new int[DEPTH_MAX];
    int depth = -1;
    for (SchemaElement element : schema) {
      while (depth >= 0 && left[depth] == 0) {
        depth--;
      }
      if (depth >= 0) {
        left[depth]--;
      }
      if (element.isSetNum_children() && element.getNum_children() > 0) {
        depth++;
        if (depth == DEPTH_MAX) {
          throw new IOException("damaged parquet footer: a schema nested too deeply");
        }
        left[depth] = element.getNum_children();
      }
    }
  }
}

package io.rezolus.wraps.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The pages of one column of one row group, one after another, unpacked. */
final class ChunkPages {
  private static final long[] NO_DICTIONARY = {};

  private final byte[] chunk;
  private final CompressionCodecName codec;
  private final long values;
  private int at;
  private long seen;
  private long[] dictionary = NO_DICTIONARY;
  private byte[] page = {};

  /**
   * @param values how many the footer promises, absent ones included
   */
  ChunkPages(byte[] chunk, CompressionCodecName codec, long values) {
    this.chunk = chunk;
    this.codec = codec;
    this.values = values;
  }

  /**
   * The next data page, or null after the last. Its bytes are good until the page after it.
   *
   * @throws IOException when it contradicts the footer, or announces more than can be held
   */
  DataPage next() throws IOException {
    while (seen < values) {
      int end = FooterBounds.end(chunk, at);
      PageHeader header = Util.readPageHeader(new ByteArrayInputStream(chunk, at, end - at));
      at = end;
      int packed = header.getCompressed_page_size();
      if (packed < 0 || packed > chunk.length - at) {
        throw new IOException(
            "a page of " + packed + " bytes where " + (chunk.length - at) + " are");
      }
      verify(header);
      DataPage data =
          switch (header.getType()) {
            case DATA_PAGE -> page(header, header.getData_page_header());
            case DATA_PAGE_V2 -> page(header, header.getData_page_header_v2());
            case DICTIONARY_PAGE -> {
              dictionary(header, header.getDictionary_page_header());
              yield null;
            }
            default -> null; // an index page, which nobody writes
          };
      at += packed;
      if (data != null) {
        return data;
      }
    }
    return null;
  }

  private void verify(PageHeader header) throws IOException {
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(chunk, at, header.getCompressed_page_size());
      if ((int) crc.getValue() != header.getCrc()) {
        throw new IOException("a damaged page: its checksum is another");
      }
    }
  }

  private DataPage page(PageHeader header, DataPageHeader data) throws IOException {
    count(data.getNum_values());
    byte[] bytes = unpack(header, 0, true);
    return new DataPage(
        bytes,
        header.getUncompressed_page_size(),
        data.getNum_values(),
        data.getEncoding(),
        dictionary,
        levels(data.getRepetition_level_encoding()),
        levels(data.getDefinition_level_encoding()));
  }

  private static int levels(Encoding encoding) {
    return encoding == Encoding.RLE ? DataPage.SELF_DESCRIBED : DataPage.UNKNOWN;
  }

  private DataPage page(PageHeader header, DataPageHeaderV2 data) throws IOException {
    count(data.getNum_values());
    int repetitions = data.getRepetition_levels_byte_length();
    int definitions = data.getDefinition_levels_byte_length();
    long levels = (long) repetitions + definitions;
    if (repetitions < 0
        || definitions < 0
        || levels
            > Math.min(header.getCompressed_page_size(), header.getUncompressed_page_size())) {
      throw new IOException("a page whose parts contradict each other");
    }
    byte[] bytes = unpack(header, (int) levels, data.isIs_compressed());
    return new DataPage(
        bytes,
        header.getUncompressed_page_size(),
        data.getNum_values(),
        data.getEncoding(),
        dictionary,
        repetitions,
        definitions);
  }

  private void dictionary(PageHeader header, DictionaryPageHeader page) throws IOException {
    int entries = page.getNum_values();
    int length = Limits.page(header.getUncompressed_page_size());
    if (entries < 0 || entries > length / 8) {
      throw new IOException("a dictionary of " + entries + " values in " + length + " bytes");
    }
    if (page.getEncoding() != Encoding.PLAIN && page.getEncoding() != Encoding.PLAIN_DICTIONARY) {
      throw new IOException("a dictionary encoded as " + page.getEncoding());
    }
    dictionary = new long[entries];
    ByteBuffer.wrap(unpack(header, 0, true))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(dictionary);
  }

  private void count(int more) throws IOException {
    if (more < 0 || more > values - seen) {
      throw new IOException("more values than the footer promises");
    }
    seen += more;
  }

  /**
   * Returns the unpacked page with room behind it for {@link RunLengths}.
   *
   * @param plain how much of it is not compressed, levels in pages of version 2
   */
  private byte[] unpack(PageHeader header, int plain, boolean compressed) throws IOException {
    int length = Limits.page(header.getUncompressed_page_size());
    int packed = header.getCompressed_page_size();
    if (page.length < length + RunLengths.SLACK) {
      page = new byte[length + RunLengths.SLACK];
    }
    System.arraycopy(chunk, at, page, 0, plain);
    if (length > plain) {
      CompressionCodecName as = compressed ? codec : CompressionCodecName.UNCOMPRESSED;
      Codecs.decompress(as, chunk, at + plain, packed - plain, page, plain, length - plain);
    }
    return page;
  }
}

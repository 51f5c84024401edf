package io.rezolus.wraps.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The pages of one column of one row group, one after another, unpacked. Pages of version 1 with
 * plain values or references to a dictionary are understood, which are all that recordings have;
 * anything else is left to parquet-java.
 */
final class ChunkPages {
  private static final long[] NO_DICTIONARY = {};

  private final byte[] chunk;
  private final CompressionCodecName codec;
  private final long values;
  private int at;
  private long seen;
  private long[] dictionary = NO_DICTIONARY;

  /**
   * @param values how many the footer promises, absent ones included
   */
  ChunkPages(byte[] chunk, CompressionCodecName codec, long values) {
    this.chunk = chunk;
    this.codec = codec;
    this.values = values;
  }

  /**
   * Goes through all page headers.
   *
   * @param nullable whether rows may lack a value
   * @param list whether rows have lists of values
   * @return whether all pages are understood
   * @throws IOException when they contradict the footer, or announce more than can be held
   */
  boolean check(boolean nullable, boolean list) throws IOException {
    boolean understood = true;
    while (seen < values) {
      PageHeader header = header();
      understood &= understood(header, nullable, list);
      at += header.getCompressed_page_size();
    }
    at = 0;
    seen = 0;
    return understood;
  }

  /** The next data page, or null after the last. Only where all pages are understood. */
  DataPage next() throws IOException {
    while (seen < values) {
      PageHeader header = header();
      byte[] page = unpack(header);
      if (header.getType() == PageType.DICTIONARY_PAGE) {
        dictionary = new long[header.getDictionary_page_header().getNum_values()];
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(dictionary);
      } else if (header.getType() == PageType.DATA_PAGE) {
        DataPageHeader data = header.getData_page_header();
        return new DataPage(
            page,
            header.getUncompressed_page_size(),
            data.getNum_values(),
            data.getEncoding() == Encoding.PLAIN ? null : dictionary);
      }
    }
    return null;
  }

  private PageHeader header() throws IOException {
    int end = FooterBounds.end(chunk, at);
    PageHeader header = Util.readPageHeader(new ByteArrayInputStream(chunk, at, end - at));
    at = end;
    int packed = header.getCompressed_page_size();
    if (packed < 0 || packed > chunk.length - at) {
      throw new IOException("a page of " + packed + " bytes where " + (chunk.length - at) + " are");
    }
    int plain = Limits.page(header.getUncompressed_page_size());
    switch (header.getType()) {
      case DATA_PAGE -> count(header.getData_page_header().getNum_values());
      case DATA_PAGE_V2 -> count(header.getData_page_header_v2().getNum_values());
      case DICTIONARY_PAGE -> {
        int entries = header.getDictionary_page_header().getNum_values();
        if (entries < 0 || entries > plain / 8) {
          throw new IOException("a dictionary of " + entries + " values in " + plain + " bytes");
        }
      }
      default -> {
        // an index page, which nobody writes
      }
    }
    return header;
  }

  private void count(int more) throws IOException {
    if (more < 0 || more > values - seen) {
      throw new IOException("more values than the footer promises");
    }
    seen += more;
  }

  private static boolean understood(PageHeader header, boolean nullable, boolean list) {
    if (header.getType() == PageType.DICTIONARY_PAGE) {
      DictionaryPageHeader dictionary = header.getDictionary_page_header();
      return dictionary.getEncoding() == Encoding.PLAIN
          || dictionary.getEncoding() == Encoding.PLAIN_DICTIONARY;
    }
    if (header.getType() != PageType.DATA_PAGE) {
      return false;
    }
    DataPageHeader data = header.getData_page_header();
    // levels that a column does not have are encoded in whatever way
    return (data.getDefinition_level_encoding() == Encoding.RLE || !nullable && !list)
        && (data.getRepetition_level_encoding() == Encoding.RLE || !list)
        && (data.getEncoding() == Encoding.PLAIN
            || data.getEncoding() == Encoding.PLAIN_DICTIONARY
            || data.getEncoding() == Encoding.RLE_DICTIONARY);
  }

  /** Returns the unpacked page with room behind it for {@link RunLengths}. */
  private byte[] unpack(PageHeader header) throws IOException {
    int length = header.getUncompressed_page_size();
    int packed = header.getCompressed_page_size();
    byte[] page = new byte[length + RunLengths.SLACK];
    Codecs.decompress(codec, chunk, at, packed, page, length);
    at += packed;
    return page;
  }

  /**
   * An unpacked data page.
   *
   * @param bytes levels and values, and some room behind them
   * @param length without that room
   * @param count its values, absent ones included
   * @param dictionary what its values refer to; null where they are plain
   */
  record DataPage(byte[] bytes, int length, int count, long[] dictionary) {}
}

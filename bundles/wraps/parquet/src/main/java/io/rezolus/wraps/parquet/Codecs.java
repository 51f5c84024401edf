package io.rezolus.wraps.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** The compressions recordings are written in, without the Hadoop codecs behind parquet-java's. */
final class Codecs {
  private Codecs() {}

  /**
   * Fills {@code length} bytes of {@code plain} exactly or fails: the page header's promise must
   * hold.
   *
   * @param at where the {@code packed} bytes begin in {@code from}
   * @param to where those of {@code plain} begin
   */
  static void decompress(
      CompressionCodecName codec, byte[] from, int at, int packed, byte[] plain, int to, int length)
      throws IOException {
    long written;
    try {
      switch (codec) {
        case UNCOMPRESSED:
          written = packed;
          System.arraycopy(from, at, plain, to, Math.min(packed, length));
          break;
        case ZSTD:
          written = Zstd.decompressByteArray(plain, to, length, from, at, packed);
          break;
        case SNAPPY:
          written = Snappy.uncompressedLength(from, at, packed);
          if (written == length) {
            Snappy.uncompress(from, at, packed, plain, to);
          }
          break;
        case LZ4_RAW:
          written = new Lz4Decompressor().decompress(from, at, packed, plain, to, length);
          break;
        case GZIP:
          try (GZIPInputStream gzip =
              new GZIPInputStream(new ByteArrayInputStream(from, at, packed))) {
            written = gzip.readNBytes(plain, to, length);
          }
          break;
        default:
          throw new IOException("compression " + codec + " is not supported");
      }
    } catch (RuntimeException e) {
      throw new IOException("damaged " + codec + " page: " + e.getMessage(), e);
    }
    if (written != length) {
      throw new IOException("damaged " + codec + " page: its length is not the promised " + length);
    }
  }
}

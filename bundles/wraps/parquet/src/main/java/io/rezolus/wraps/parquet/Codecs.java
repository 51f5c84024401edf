package io.rezolus.wraps.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** The compressions recordings are written in, without the Hadoop codecs behind parquet-java's. */
final class Codecs implements CompressionCodecFactory {
  /** Where parquet-java chooses, which it never does here. */
  private static final int ZSTD_LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new PageCompressor(codec, ZSTD_LEVEL);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new PageDecompressor(codec);
  }

  @Override
  public void release() {
    // nothing is pooled
  }

  static byte[] compress(CompressionCodecName codec, int level, byte[] plain) throws IOException {
    switch (codec) {
      case UNCOMPRESSED:
        return plain;
      case ZSTD:
        return Zstd.compress(plain, level);
      case SNAPPY:
        return Snappy.compress(plain);
      case LZ4_RAW:
        Lz4Compressor lz4 = new Lz4Compressor();
        byte[] packed = new byte[lz4.maxCompressedLength(plain.length)];
        int length = lz4.compress(plain, 0, plain.length, packed, 0, packed.length);
        return Arrays.copyOf(packed, length);
      case GZIP:
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(plain);
        }
        return bytes.toByteArray();
      default:
        throw new IOException("compression " + codec + " is not supported");
    }
  }

  /** Returns exactly {@code length} bytes or fails: the page header's promise must hold. */
  static byte[] decompress(CompressionCodecName codec, byte[] packed, int length)
      throws IOException {
    byte[] plain = new byte[Limits.page(length)];
    decompress(codec, packed, 0, packed.length, plain, length);
    return plain;
  }

  /** Fills the first {@code length} bytes of {@code plain} exactly or fails. */
  static void decompress(
      CompressionCodecName codec, byte[] from, int at, int packed, byte[] plain, int length)
      throws IOException {
    long written;
    try {
      switch (codec) {
        case UNCOMPRESSED:
          written = packed;
          System.arraycopy(from, at, plain, 0, Math.min(packed, length));
          break;
        case ZSTD:
          written = Zstd.decompressByteArray(plain, 0, length, from, at, packed);
          break;
        case SNAPPY:
          written = Snappy.uncompressedLength(from, at, packed);
          if (written == length) {
            Snappy.uncompress(from, at, packed, plain, 0);
          }
          break;
        case LZ4_RAW:
          written = new Lz4Decompressor().decompress(from, at, packed, plain, 0, length);
          break;
        case GZIP:
          try (GZIPInputStream gzip =
              new GZIPInputStream(new ByteArrayInputStream(from, at, packed))) {
            written = gzip.readNBytes(plain, 0, length);
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

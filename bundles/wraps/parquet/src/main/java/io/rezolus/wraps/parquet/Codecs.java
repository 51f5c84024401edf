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
    byte[] plain;
    try {
      switch (codec) {
        case UNCOMPRESSED:
          plain = packed;
          break;
        case ZSTD:
          plain = new byte[length];
          long written = Zstd.decompressByteArray(plain, 0, length, packed, 0, packed.length);
          if (Zstd.isError(written) || written != length) {
            throw new IOException("damaged zstd page");
          }
          break;
        case SNAPPY:
          plain =
              Snappy.uncompressedLength(packed) == length ? Snappy.uncompress(packed) : new byte[0];
          break;
        case LZ4_RAW:
          plain = new byte[length];
          int got = new Lz4Decompressor().decompress(packed, 0, packed.length, plain, 0, length);
          plain = got == length ? plain : new byte[0];
          break;
        case GZIP:
          try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            plain = gzip.readNBytes(length);
          }
          break;
        default:
          throw new IOException("compression " + codec + " is not supported");
      }
    } catch (RuntimeException e) {
      throw new IOException("damaged " + codec + " page: " + e.getMessage(), e);
    }
    if (plain.length != length) {
      throw new IOException("damaged " + codec + " page: its length is not the promised " + length);
    }
    return plain;
  }
}

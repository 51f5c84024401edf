package io.rezolus.wraps.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Packs pages as writers other than ours may. */
record ForeignCompressor(CompressionCodecName codec) implements BytesInputCompressor {
  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    return BytesInput.from(compress(bytes.toByteArray()));
  }

  byte[] compress(byte[] plain) throws IOException {
    switch (codec) {
      case UNCOMPRESSED:
        return plain;
      case ZSTD:
        return Zstd.compress(plain);
      case SNAPPY:
        return Snappy.compress(plain);
      case LZ4_RAW:
        Lz4Compressor lz4 = new Lz4Compressor();
        byte[] packed = new byte[lz4.maxCompressedLength(plain.length)];
        int length = lz4.compress(plain, 0, plain.length, packed, 0, packed.length);
        return Arrays.copyOf(packed, length);
      case GZIP:
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(plain);
        }
        return bytes.toByteArray();
      default:
        throw new IOException("compression " + codec + " is not for recordings");
    }
  }

  @Override
  public CompressionCodecName getCodecName() {
    return codec;
  }

  @Override
  public void release() {
    // nothing is held
  }
}

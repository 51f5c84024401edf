package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks one page at a time. */
final class PageDecompressor implements BytesInputDecompressor {
  private final CompressionCodecName codec;

  PageDecompressor(CompressionCodecName codec) {
    this.codec = codec;
  }

  @Override
  public BytesInput decompress(BytesInput bytes, int length) throws IOException {
    return BytesInput.from(Codecs.decompress(codec, bytes.toByteArray(), length));
  }

  @Override
  public void decompress(ByteBuffer input, int packedLength, ByteBuffer output, int length)
      throws IOException {
    byte[] packed = new byte[packedLength];
    input.get(packed);
    output.put(Codecs.decompress(codec, packed, length));
  }

  @Override
  public void release() {
    // nothing is held between pages
  }
}

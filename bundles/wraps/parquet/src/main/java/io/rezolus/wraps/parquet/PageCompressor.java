package io.rezolus.wraps.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Packs one page at a time. */
final class PageCompressor implements BytesInputCompressor {
  private final CompressionCodecName codec;

  private final int level;

  PageCompressor(CompressionCodecName codec, int level) {
    this.codec = codec;
    this.level = level;
  }

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    return BytesInput.from(Codecs.compress(codec, level, bytes.toByteArray()));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return codec;
  }

  @Override
  public void release() {
    // nothing is held between pages
  }
}

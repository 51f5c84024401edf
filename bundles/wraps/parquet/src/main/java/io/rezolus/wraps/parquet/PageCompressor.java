package io.rezolus.wraps.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Packs one page at a time. */
final class PageCompressor implements BytesInputCompressor {
  private static final int ZSTD_LEVEL = 1;

  /**
   * {@code ZSTD_lazy2}, which looks twice before it takes a match. Levels choose it from 8 on, with
   * tables for more than a page; what it finds in histograms makes them half of what levels 1 and 2
   * do, in the same time.
   */
  private static final int ZSTD_STRATEGY = 5;

  private final CompressionCodecName codec;

  /** One for all pages, since many are so small that making it is most of the work. */
  private final ZstdCompressCtx zstd;

  PageCompressor(CompressionCodecName codec) {
    this.codec = codec;
    zstd = codec == CompressionCodecName.ZSTD ? new ZstdCompressCtx() : null;
    if (zstd != null) {
      zstd.setLevel(ZSTD_LEVEL).setStrategy(ZSTD_STRATEGY);
    }
  }

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    byte[] plain = bytes.toByteArray();
    return BytesInput.from(zstd == null ? Codecs.compress(codec, plain) : zstd.compress(plain));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return codec;
  }

  @Override
  public void release() {
    if (zstd != null) {
      zstd.close();
    }
  }
}

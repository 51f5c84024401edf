package io.rezolus.wraps.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Packs one page at a time. */
final class PageCompressor implements BytesInputCompressor {
  /** One for all pages, since many are so small that making it is most of the work. */
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();

  PageCompressor(WriteOptions options) {
    zstd.setLevel(options.level()).setStrategy(options.strategy());
  }

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    return BytesInput.from(zstd.compress(bytes.toByteArray()));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {
    zstd.close();
  }
}

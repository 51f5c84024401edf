package io.rezolus.wraps.parquet;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A parquet file that is put together in memory. */
final class MemoryOutput implements OutputFile {
  private final ByteArrayOutputStream bytes;

  MemoryOutput(ByteArrayOutputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new DelegatingPositionOutputStream(bytes) {
      @Override
      public long getPos() {
        return bytes.size();
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}

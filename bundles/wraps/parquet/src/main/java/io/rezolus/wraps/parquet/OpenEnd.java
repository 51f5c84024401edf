package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;

/** A file read or written as a stream, which stays open when the stream is closed. */
record OpenEnd(FileChannel file) implements ByteChannel {
  @Override
  public int read(ByteBuffer target) throws IOException {
    return file.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return file.write(source);
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {
    // whoever opened the file closes it
  }
}

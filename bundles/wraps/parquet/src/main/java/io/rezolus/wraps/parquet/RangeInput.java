package io.rezolus.wraps.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A parquet file that lies inside of another file.
 *
 * @param offset where it begins
 * @param length its bytes
 */
record RangeInput(Path path, long offset, long length) implements InputFile {
  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Stream(new Range(FileChannel.open(path), offset, length));
  }

  private static final class Stream extends DelegatingSeekableInputStream {
    private final Range range;

    Stream(Range range) {
      super(range);
      this.range = range;
    }

    @Override
    public long getPos() {
      return range.position;
    }

    @Override
    public void seek(long position) throws IOException {
      if (position < 0 || position > range.length) {
        throw new EOFException("position " + position + " in " + range.length + " bytes");
      }
      range.position = position;
    }
  }

  private static final class Range extends InputStream {
    private final FileChannel file;
    private final long offset;
    private final long length;
    private long position;

    Range(FileChannel file, long offset, long length) {
      this.file = file;
      this.offset = offset;
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      int wanted = (int) Math.min(count, length - position);
      if (wanted <= 0) {
        return count == 0 ? 0 : -1;
      }
      int read = file.read(ByteBuffer.wrap(target, from, wanted), offset + position);
      if (read > 0) {
        position += read;
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

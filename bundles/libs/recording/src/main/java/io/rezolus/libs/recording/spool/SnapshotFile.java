package io.rezolus.libs.recording.spool;

import com.github.luben.zstd.ZstdInputStream;
import io.rezolus.libs.wire.SnapshotStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** A file of snapshots one after another, plain or compressed with zstd, told apart by content. */
public record SnapshotFile(Path path) {
  private static final int READ_BYTES = 1 << 16;
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** Opens it at its beginning. */
  public SnapshotStream open() throws IOException {
    return open(bytes -> {});
  }

  /**
   * Opens it at its beginning.
   *
   * @param progress told now and then how many bytes of the file have been read
   */
  public SnapshotStream open(LongConsumer progress) throws IOException {
    BufferedInputStream in =
        new BufferedInputStream(new Counted(Files.newInputStream(path), progress), READ_BYTES);
    try {
      in.mark(ZSTD.length);
      byte[] head = in.readNBytes(ZSTD.length);
      in.reset();
      return new SnapshotStream(Arrays.equals(head, ZSTD) ? new ZstdInputStream(in) : in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Says how far it is. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      if (read > 0) {
        count += read;
        progress.accept(count);
      }
      return read;
    }
  }
}
